import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { freePort } from '@kaibo/testkit/ports'
import { expect, test } from 'vitest'
import { newDataDir, newSettings, spawnServer } from './testing/process.ts'

/** Starts a server that cannot start: it must say why in one sentence. */
async function refusalOf(settings: Record<string, string>): Promise<string> {
  const server = spawnServer(await newSettings(settings))
  expect(await server.ended).toBe(1)
  expect(server.stdout()).toBe('')
  const sentence = server.stderr().trim()
  expect(sentence).not.toContain('\n')
  return sentence
}

test('a setting that cannot be', async () => {
  expect(await refusalOf({ PORT: 'eighty' })).toBe(
    'PORT must be a port number from 1 to 65535, but is "eighty".',
  )
})

test('a port in use', async () => {
  const squatter = createServer().listen(0, '127.0.0.1')
  await once(squatter, 'listening')
  const address = squatter.address()
  const port = typeof address === 'object' ? address?.port : 0
  const sentence = await refusalOf({ RTMP_PORT: String(port) })
  squatter.close()
  expect(sentence).toBe(
    `Port ${port} is in use: stop what uses it, or set RTMP_PORT to another port.`,
  )
})

test('a database that does not answer', async () => {
  const url = `postgres://kaibo:secret@127.0.0.1:${await freePort()}/kaibo`
  const sentence = await refusalOf({ DATABASE_URL: url })
  expect(sentence).toMatch(/^The database does not answer \(.*ECONNREFUSED.*\): check DATABASE_URL/)
  expect(sentence).not.toContain('secret')
})

test.skipIf(!existsSync('/proc/self'))('a data directory where nobody can make one', async () => {
  expect(await refusalOf({ KAIBO_DATA_DIR: '/proc/kaibo/data' })).toContain('cannot be used')
})

test('a data directory that is a file', async () => {
  const file = join(newDataDir(), 'data')
  writeFileSync(file, '')
  const sentence = await refusalOf({ KAIBO_DATA_DIR: file })
  expect(sentence).toBe(
    `KAIBO_DATA_DIR "${file}" cannot be used (EEXIST): choose a directory that this user may write.`,
  )
})

test('keys that are damaged', async () => {
  const dataDir = newDataDir()
  writeFileSync(join(dataDir, 'secrets.json'), '{"master":"short"}')
  expect(await refusalOf({ KAIBO_DATA_DIR: dataDir })).toContain('is damaged: restore it')
})

test('an embedded database of another age', async () => {
  const dataDir = newDataDir()
  mkdirSync(join(dataDir, 'postgres'), { mode: 0o700 })
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '12\n')
  expect(await refusalOf({ KAIBO_DATA_DIR: dataDir })).toMatch(
    /^The embedded PostgreSQL cannot run because .*; fix that, or set DATABASE_URL/,
  )
})
