import { appendFile, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { manualClock } from '@kaibo/kernel/clock'
import { afterAll, expect, test } from 'vitest'
import { createSmsOutbox } from './index.ts'

const root = await mkdtemp(join(tmpdir(), 'kaibo-sms-'))
afterAll(() => rm(root, { recursive: true, force: true }))
const clock = manualClock(new Date('2026-11-22T02:00:00Z'))
const newOutbox = (name: string) =>
  createSmsOutbox({ dataDir: join(root, name), allowed: true, clock })
const message = (text: string) => ({ phone: '13800000000', text, kind: 'login_code' as const })

test('messages are shown newest first, also after a restart and to other processes', async () => {
  const outbox = newOutbox('a')
  expect(await outbox.recent(10)).toEqual([])
  await outbox.send(message('first'))
  await newOutbox('a').send(message('second'))
  expect(await newOutbox('a').recent(10)).toEqual([
    { phone: '13800000000', text: 'second', at: '2026-11-22T02:00:00.000Z' },
    { phone: '13800000000', text: 'first', at: '2026-11-22T02:00:00.000Z' },
  ])
  expect(await outbox.recent(1)).toHaveLength(1)
})

test('at most a hundred messages are shown and the files stay small', async () => {
  const outbox = newOutbox('b')
  for (let count = 0; count < 120; count++)
    await outbox.send(message(`${count} ${'x'.repeat(10_000)}`))
  const recent = await outbox.recent(1_000)
  expect(recent.length).toBeLessThanOrEqual(100)
  expect(recent[0]?.text).toMatch(/^119 /)
  expect((await stat(join(root, 'b/sms-outbox.jsonl'))).size).toBeLessThan(1024 * 1024)
  expect((await stat(join(root, 'b/sms-outbox.jsonl.old'))).size).toBeLessThan(1024 * 1024)
})

test('only the owner can read the file', async () => {
  await newOutbox('c').send(message('secret'))
  expect((await stat(join(root, 'c/sms-outbox.jsonl'))).mode & 0o077).toBe(0)
})

test('a line cut short by a crash hides no other message', async () => {
  const outbox = newOutbox('d')
  await outbox.send(message('whole'))
  await appendFile(join(root, 'd/sms-outbox.jsonl'), '{"phone":"138')
  await outbox.send(message('lost with the scrap'))
  await outbox.send(message('next'))
  expect((await outbox.recent(10)).map(each => each.text)).toEqual(['next', 'whole'])
})

test('outside of demo mode it refuses to be made', () => {
  expect(() => createSmsOutbox({ dataDir: root, allowed: false })).toThrow('demo mode only')
})
