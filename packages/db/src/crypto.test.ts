import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPersonalData, type KeyRing, maskAddress, maskName, maskPhone } from './crypto.ts'

const ring: KeyRing = {
  current: '2026a',
  keys: { '2026a': randomBytes(32) },
  indexKey: randomBytes(32),
}
const data = createPersonalData(ring)

test('any text comes back as it was, and looks different each time it is sealed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      const sealed = data.sealPersonal(text)
      expect(data.openPersonal(sealed)).toBe(text)
      expect(data.sealPersonal(text)).not.toBe(sealed)
      expect(sealed).toMatch(/^v1\.2026a\.[\w-]{16}\.[\w-]{22}\.[\w-]*$/)
    }),
  )
})

test('a sealed text that was touched anywhere does not open', () => {
  const sealed = data.sealPersonal('13800138000')
  for (let at = 0; at < sealed.length; at++) {
    const letter = sealed[at] === 'A' ? 'Q' : 'A'
    const touched = sealed.slice(0, at) + letter + sealed.slice(at + 1)
    // The last letter of a part carries bits that base64 ignores.
    if (normal(touched) === normal(sealed)) continue
    expect(() => data.openPersonal(touched), touched).toThrow()
  }
  expect(() => data.openPersonal(sealed.replace(/\.[\w-]{22}\./, '.AAAA.'))).toThrow()
  expect(() => data.openPersonal('')).toThrow()
})

const normal = (sealed: string) => {
  const [version, keyId, ...parts] = sealed.split('.')
  return [
    version,
    keyId,
    ...parts.map(part => Buffer.from(part, 'base64url').toString('hex')),
  ].join()
}

test('a new key seals from now on while the old one still opens', () => {
  const old = data.sealPersonal('王小明')
  const rotated = createPersonalData({
    ...ring,
    current: '2027a',
    keys: { ...ring.keys, '2027a': randomBytes(32) },
  })
  expect(rotated.openPersonal(old)).toBe('王小明')
  expect(rotated.needsReseal(old)).toBe(true)
  const fresh = rotated.sealPersonal(rotated.openPersonal(old))
  expect(rotated.needsReseal(fresh)).toBe(false)
  expect(() => data.openPersonal(fresh)).toThrow('no key 2027a')
  expect(() => data.openPersonal(fresh.replace('2027a', '2026a'))).toThrow()
})

test('the blind index is the same for the same text and tells kinds apart', () => {
  const index = data.blindIndex('phone', '13800138000')
  expect(index).toMatch(/^[\w-]{43}$/)
  expect(data.blindIndex('phone', '13800138000')).toBe(index)
  expect(data.blindIndex('phone', '13800138001')).not.toBe(index)
  expect(data.blindIndex('bank', '13800138000')).not.toBe(index)
})

test('keys of a wrong size or name are refused at once', () => {
  expect(() => createPersonalData({ ...ring, keys: { '2026a': randomBytes(16) } })).toThrow('32')
  expect(() => createPersonalData({ ...ring, current: 'none' })).toThrow('no key none')
  expect(() => createPersonalData({ ...ring, keys: { 'a.b': randomBytes(32) } })).toThrow('key id')
})

test('masks show only enough to recognise', () => {
  expect(maskPhone('13800138000')).toBe('138****8000')
  expect(maskPhone('12345')).toBe('*****')
  expect(['王', '王明', '王小明', '欧阳小明', ''].map(maskName)).toEqual([
    '王*',
    '王*',
    '王**',
    '欧**',
    '',
  ])
  expect(maskAddress('浙江省杭州市西湖区文三路 90 号 3 单元')).toBe('浙江省杭州市****')
  expect(maskAddress('90号')).toBe('9****')
})
