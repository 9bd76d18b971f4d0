import { expect, test } from 'vitest'
import { askTogether } from './ask-together.ts'

const lengths = (known: readonly string[]) => {
  const asked: (readonly string[])[] = []
  const ask = askTogether<number>(
    async ids => {
      asked.push(ids)
      if (ids.includes('broken')) throw new Error('no answer')
      return new Map(ids.filter(id => known.includes(id)).map(id => [id, id.length]))
    },
    { batchMax: 2 },
  )
  return { ask, asked }
}

test('what is asked at the same time goes out together, so many at once', async () => {
  const { ask, asked } = lengths(['tea', 'tray'])
  expect(await Promise.all(['tea', 'cup', 'tray'].map(ask))).toEqual([3, null, 4])
  expect(asked).toEqual([['tea', 'cup'], ['tray']])
})

test('what is asked later is asked anew', async () => {
  const { ask, asked } = lengths(['tea'])
  await ask('tea')
  await ask('tea')
  expect(asked).toEqual([['tea'], ['tea']])
})

test('a request that fails, fails those who waited for it and no others', async () => {
  const { ask } = lengths(['tea'])
  const answers = await Promise.allSettled(['broken', 'cup', 'tea'].map(ask))
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
})
