import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createStorageDisk } from './index.ts'

const directory = await mkdtemp(join(tmpdir(), 'kaibo-storage-'))
afterAll(() => rm(directory, { recursive: true, force: true }))
const storage = createStorageDisk({ directory: join(directory, 'files') })

test('what was put is got back, and gone once deleted', async () => {
  await storage.put('pictures/ab/abc.webp', Buffer.from('one'))
  expect(await storage.get('pictures/ab/abc.webp')).toEqual(Buffer.from('one'))
  await storage.delete('pictures/ab/abc.webp')
  await storage.delete('pictures/ab/abc.webp')
  expect(await storage.get('pictures/ab/abc.webp')).toBeNull()
})

test('parallel writes of one key leave one whole file and no scraps', async () => {
  const texts = Array.from({ length: 20 }, (_, n) => String(n).repeat(100_000))
  await Promise.all(texts.map(text => storage.put('race/file.png', Buffer.from(text))))
  const stored = Buffer.from((await storage.get('race/file.png')) ?? []).toString()
  expect(texts).toContain(stored)
  expect(await readdir(join(directory, 'files/race'))).toEqual(['file.png'])
})

test('a failed write leaves neither the file nor a scrap', async () => {
  await storage.put('taken/x/y', Buffer.from('a file where a folder is wanted'))
  await expect(storage.put('taken/x', Buffer.from('two'))).rejects.toThrow()
  expect(await readdir(join(directory, 'files/taken'))).toEqual(['x'])
})

test('only the owner can read the files', async () => {
  await storage.put('mode/a.png', Buffer.from('x'))
  expect((await stat(join(directory, 'files/mode/a.png'))).mode & 0o077).toBe(0)
})

test.each([
  '../secret',
  'a/../../secret',
  '/etc/passwd',
  'a//b',
  'a/./b',
  '.hidden',
  'a\\..\\b',
  'a/b\0.png',
  'Upper',
  'a/',
  '',
  'x'.repeat(200),
])('the key %j is refused', async key => {
  await expect(storage.get(key)).rejects.toThrow('not a storage key')
  await expect(storage.put(key, Buffer.from('x'))).rejects.toThrow('not a storage key')
  await expect(storage.delete(key)).rejects.toThrow('not a storage key')
})
