import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCommand } from '../protocol.ts'

test.each([
  ['{"t":"sub","topic":"live:1"}', { t: 'sub', topic: 'live:1' }],
  [
    '{"t":"sub","topic":"feed","epoch":"e1","oseq":7}',
    { t: 'sub', topic: 'feed', resume: { epoch: 'e1', oseq: 7 } },
  ],
  ['{"t":"unsub","topic":"user:a_B-9"}', { t: 'unsub', topic: 'user:a_B-9' }],
  [
    '{"t":"count","topic":"live:1","key":"hearts","n":3}',
    { t: 'count', topic: 'live:1', key: 'hearts', n: 3 },
  ],
  ['{"t":"ping"}', { t: 'ping' }],
])('%s is a command', (text, command) => {
  expect(parseCommand(text)).toEqual(command)
})

test.each([
  '',
  'null',
  '[]',
  '{"t":"shout"}',
  '{"t":"ping","x":1}',
  '{"t":"sub"}',
  '{"t":"sub","topic":"@control"}',
  '{"t":"sub","topic":"live:"}',
  '{"t":"sub","topic":"live:1","epoch":"e"}',
  '{"t":"sub","topic":"live:1","epoch":"e","oseq":-1}',
  '{"t":"sub","topic":"live:1","epoch":"e","oseq":1.5}',
  '{"t":"sub","topic":"live:1","epoch":"","oseq":1}',
  '{"t":"count","topic":"live:1","key":"hearts","n":0}',
  '{"t":"count","topic":"live:1","key":"hearts","n":101}',
  '{"t":"count","topic":"live:1","key":"__proto__","n":1}',
  `{"t":"unsub","topic":"live:${'a'.repeat(65)}"}`,
  `{"t":"ping"${' '.repeat(4_096)}}`,
])('%s is malformed', text => {
  expect(parseCommand(text)).toBeUndefined()
})

test('no text makes the parser throw', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), text => void parseCommand(text)))
})
