import { expect, test } from 'vitest'
import { type Hit, linesProblem, piecesOf, wordsIn } from './model.ts'

const hit = (from: number, to: number, tier: Hit['tier']): Hit => ({
  from,
  to,
  tier,
  word: '词',
  list: 'shop',
  kind: 'word',
})

test('each line is a word, once, without the spaces around it', () => {
  expect(wordsIn(' 加微信 \n\nadd me on\n加微信\r\n')).toEqual(['加微信', 'add me on'])
})

test('nothing, too many and too long are told before anything is sent', () => {
  expect(linesProblem(' \n ')).toBe('none')
  expect(linesProblem(Array.from({ length: 501 }, (_, at) => `词${at}`).join('\n'))).toBe('many')
  expect(linesProblem('长'.repeat(41))).toBe('long')
  expect(linesProblem('词语')).toBeNull()
})

test('a text is cut at its hits, and where they overlap the graver one shows', () => {
  const pieces = piecesOf('甲乙丙丁戊', [hit(1, 3, 'mask'), hit(2, 4, 'block')])
  expect(pieces.map(({ text, hit }) => [text, hit?.tier ?? null])).toEqual([
    ['甲', null],
    ['乙', 'mask'],
    ['丙', 'block'],
    ['丁', 'block'],
    ['戊', null],
  ])
  expect(piecesOf('', [])).toEqual([])
})
