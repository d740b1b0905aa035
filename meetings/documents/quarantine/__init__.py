"""Files that have not passed the gate: ciphertext whose key only this process has."""
