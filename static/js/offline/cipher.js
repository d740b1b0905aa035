/** Opens the blobs of the store (storage/blob.py), and seals what the tablet itself keeps. */

const CHUNK = 1 << 20;
const TAG = 16;
const HEADER = 16;
const MAGIC = "NGHISU\u0000\u0001";
const NONCE = 12;
const AES = "AES-GCM";

/** Tell whether this page may keep secrets at all: not on plain http, not in an old browser. */
export const canSeal = () => Boolean(globalThis.isSecureContext && globalThis.crypto?.subtle);

/** @param {string} base64 */
export function keyOf(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey("raw", bytes, AES, false, ["encrypt", "decrypt"]);
}

export const newKey = () =>
  crypto.subtle.generateKey({ name: AES, length: 256 }, false, ["encrypt", "decrypt"]);

/**
 * Return the plain bytes of a blob; throw if it is none, was cut or changed.
 *
 * @param {CryptoKey} key
 * @param {ArrayBuffer} blob
 */
export async function openBlob(key, blob) {
  const header = new Uint8Array(blob, 0, HEADER);
  if (String.fromCharCode(...header.subarray(0, 8)) !== MAGIC) throw new Error("not a blob");
  const sealed = CHUNK + TAG;
  const count = Math.max(1, Math.ceil((blob.byteLength - HEADER) / sealed));
  const parts = [];
  for (let index = 0; index < count; index += 1) {
    const start = HEADER + index * sealed;
    const chunk = blob.slice(start, Math.min(start + sealed, blob.byteLength));
    const iv = nonce(header, index, index === count - 1);
    parts.push(await crypto.subtle.decrypt({ name: AES, iv, additionalData: header }, key, chunk));
  }
  return new Blob(parts);
}

/**
 * @param {Uint8Array} header
 * @param {number} index
 * @param {boolean} last
 */
function nonce(header, index, last) {
  const iv = new Uint8Array(NONCE);
  iv.set(header.subarray(8));
  new DataView(iv.buffer).setUint32(8, (index | (last ? 0x80000000 : 0)) >>> 0);
  return iv;
}

/**
 * @param {CryptoKey} key
 * @param {unknown} value
 */
export async function seal(key, value) {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  return { iv, bytes: await crypto.subtle.encrypt({ name: AES, iv }, key, plain) };
}

/**
 * @param {CryptoKey} key
 * @param {{iv: Uint8Array<ArrayBuffer>, bytes: ArrayBuffer}} sealed
 */
export async function unseal(key, sealed) {
  const plain = await crypto.subtle.decrypt({ name: AES, iv: sealed.iv }, key, sealed.bytes);
  return JSON.parse(new TextDecoder().decode(plain));
}
