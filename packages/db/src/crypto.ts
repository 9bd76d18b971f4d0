import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { invariant } from '@kaibo/kernel/invariant'

/** Keys for personal data, 32 bytes each. Old keys stay in the ring until everything is sealed anew. */
export type KeyRing = {
  /** Id of the key that seals. */
  current: string
  keys: Readonly<Record<string, Buffer>>
  /** Key of the blind indexes; it cannot be changed without computing them again. */
  indexKey: Buffer
}

export type PersonalData = {
  /** Encrypts a text: `v1.<key id>.<iv>.<tag>.<ciphertext>`, different each time. */
  sealPersonal(text: string): string
  /** Decrypts. Throws when the text was tampered with or its key is not in the ring. */
  openPersonal(sealed: string): string
  /** Whether a text was sealed with another key than the current one. */
  needsReseal(sealed: string): boolean
  /**
   * The same text of the same kind always gives the same 43 characters: for unique columns and
   * look-ups by equality. The caller normalises first (`+86` off a phone number).
   */
  blindIndex(kind: string, text: string): string
}

const keyBytes = 32
const ivBytes = 12
const keyIdPattern = /^[A-Za-z0-9_-]{1,32}$/

/** Personal data (phone, name, address, bank account) is stored only through this envelope. */
export function createPersonalData({ current, keys, indexKey }: KeyRing): PersonalData {
  for (const [id, key] of Object.entries(keys)) {
    invariant(keyIdPattern.test(id), `a key id has letters, digits, _ and -: ${id}`)
    invariant(key.length === keyBytes, `key ${id} is not ${keyBytes} bytes long`)
  }
  invariant(indexKey.length === keyBytes, `the index key is not ${keyBytes} bytes long`)
  // Made once: a key from bytes costs more than what it then seals.
  const ring = new Map(Object.entries(keys).map(([id, key]) => [id, createSecretKey(key)]))
  const keyOf = (id: string): KeyObject => {
    const key = ring.get(id)
    invariant(key, `no key ${id} in the ring`)
    return key
  }
  keyOf(current)

  return {
    sealPersonal: text => {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', keyOf(current), iv)
      // The key id is authenticated too, so that nobody can pass one key's text off as another's.
      cipher.setAAD(Buffer.from(`v1.${current}`))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      const parts = [iv, cipher.getAuthTag(), sealed].map(part => part.toString('base64url'))
      return ['v1', current, ...parts].join('.')
    },
    openPersonal: sealed => {
      const [version, keyId = '', iv = '', tag = '', body = ''] = sealed.split('.')
      invariant(version === 'v1', 'not a sealed text')
      const decipher = createDecipheriv('aes-256-gcm', keyOf(keyId), Buffer.from(iv, 'base64url'), {
        authTagLength: 16,
      })
      decipher.setAAD(Buffer.from(`v1.${keyId}`))
      decipher.setAuthTag(Buffer.from(tag, 'base64url'))
      return decipher.update(body, 'base64url', 'utf8') + decipher.final('utf8')
    },
    needsReseal: sealed => !sealed.startsWith(`v1.${current}.`),
    blindIndex: (kind, text) =>
      createHmac('sha256', indexKey).update(`${kind}\0${text}`).digest('base64url'),
  }
}

/** `138****8000`: the first three and the last four digits. */
export const maskPhone = (phone: string): string =>
  phone.length < 8 ? '*'.repeat(phone.length) : `${phone.slice(0, 3)}****${phone.slice(-4)}`

/** `王**`: the family name, or the first letter. */
export const maskName = (name: string): string => {
  const letters = [...name]
  return letters.length === 0 ? '' : `${letters[0]}${letters.length > 2 ? '**' : '*'}`
}

/** `杭州市西湖区****`: the first six characters, at most half of the text. */
export const maskAddress = (address: string): string => {
  const letters = [...address]
  return `${letters.slice(0, Math.min(6, Math.floor(letters.length / 2))).join('')}****`
}
