"""What the answers to a form come to, as an official report with its annexes."""
