import { randomBytes } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { createStorageS3, type StorageS3Needs } from './index.ts'
import { startS3Simulator } from './testing/index.ts'

const account = {
  region: 'cn-east-1',
  bucket: 'kaibo',
  keyId: 'AKIDEXAMPLE',
  secret: 'wJalrXUtnFEMI',
}
const s3 = await startS3Simulator(account)
afterAll(() => s3.close())
const storeWith = (changes: Partial<StorageS3Needs> = {}) =>
  createStorageS3({ ...account, url: s3.url, prefix: 'recordings/', publicUrl: '', ...changes })
const store = storeWith()
const wish = { host: 'localhost', expiresAt: new Date(Date.now() + 3_600_000) }
const film = randomBytes(70_000)

test('what is put is there under its key, and gone when it is deleted', async () => {
  await store.put('folder/0.m4s', film)
  await store.put('folder/0.m4s', film)
  expect(s3.objects.get('recordings/folder/0.m4s')).toMatchObject({ type: 'video/mp4' })
  expect(Buffer.from((await store.get('folder/0.m4s')) ?? [])).toEqual(film)
  await store.delete('folder/0.m4s')
  expect(await store.get('folder/0.m4s')).toBeNull()
  await store.delete('folder/0.m4s')
})

test('every call is signed with what it carries', async () => {
  await expect(storeWith({ secret: 'another' }).put('a', film)).rejects.toThrow('403')
  await expect(storeWith({ keyId: 'AKIDOTHER' }).get('a')).rejects.toThrow('403')
  await expect(storeWith({ region: 'eu-west-1' }).delete('a')).rejects.toThrow('403')
  expect(s3.refusals).toEqual(['SignatureDoesNotMatch', 'InvalidAccessKeyId', 'InvalidAccessKeyId'])
  expect((await fetch(`${s3.url}/kaibo/recordings/a`)).status).toBe(403)
})

test('an address opens one object to whoever has it, as it is and not for ever', async () => {
  await store.put('folder/1.m4s', film)
  const address = await store.urlOf('folder/1.m4s', wish)
  // Unless the hour is over meanwhile.
  expect([address, await store.urlOf('folder/1.m4s', wish)]).toContain(
    await store.urlOf('folder/1.m4s', wish),
  )
  const answer = await fetch(address)
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(film)
  const forged = [address.replace('1.m4s', '2.m4s'), address.replace(/(Expires=)\d+/, '$19999')]
  for (const other of forged) {
    expect(other).not.toBe(address)
    expect((await fetch(other)).status).toBe(403)
  }
  const longAgo = await store.urlOf('folder/1.m4s', { ...wish, expiresAt: new Date(0) })
  expect(new URL(longAgo).searchParams.get('X-Amz-Expires')).toBe('1')
})

test('a CDN before the bucket gives the addresses', async () => {
  const cdn = storeWith({ publicUrl: 'https://cdn.example' })
  expect(await cdn.urlOf('folder/1.m4s', wish)).toBe('https://cdn.example/recordings/folder/1.m4s')
})

test('a store that stumbles is asked again, and one that falls is named', async () => {
  s3.failures.push(500, 503)
  await store.put('folder/3.m4s', film)
  expect(s3.objects.has('recordings/folder/3.m4s')).toBe(true)
  s3.failures.push(500, 500, 500)
  await expect(store.get('folder/3.m4s')).rejects.toThrow('GET answered 500')
  await expect(storeWith({ url: 'http://127.0.0.1:1' }).get('a')).rejects.toThrow('599')
  await expect(storeWith({ bucket: 'none' }).put('a', film)).rejects.toThrow('no such bucket')
})

test('only keys are keys', async () => {
  for (const key of ['', '../a', 'a//b', 'A', 'a/../b', '/a']) {
    await expect(store.get(key)).rejects.toThrow('not a storage key')
  }
})
