import { manualClock } from '@kaibo/kernel/clock'
import { expect, test } from 'vitest'
import { keptByIds } from './kept.ts'

function createNames(entriesMax = 100) {
  const names = new Map([
    ['a', '阿岚'],
    ['b', '小满'],
  ])
  const asked: string[] = []
  const clock = manualClock(new Date(0))
  const read = async (_db: null, ids: readonly string[]) => {
    asked.push(...ids)
    return new Map(ids.flatMap(id => [...names].filter(([known]) => known === id)))
  }
  const byIds = keptByIds(read, { clock, keepMs: 2_000, entriesMax })
  return { names, asked, clock, byIds: (...ids: string[]) => byIds(null, ids) }
}

test('what was just read is not read again, and soon is', async () => {
  const { names, asked, clock, byIds } = createNames()
  await byIds('a')
  names.set('a', '改名')
  expect(await byIds('a', 'b')).toEqual(new Map(names).set('a', '阿岚'))
  expect(asked).toEqual(['a', 'b'])
  clock.advanceMs(2_000)
  expect(await byIds('a')).toEqual(new Map([['a', '改名']]))
})

test('who is unknown is asked for each time', async () => {
  const { names, byIds } = createNames()
  expect(await byIds('c')).toEqual(new Map())
  names.set('c', '新来的')
  expect(await byIds('c')).toEqual(new Map([['c', '新来的']]))
})

test('no more is kept than may be', async () => {
  const { asked, byIds } = createNames(1)
  await byIds('a')
  await byIds('b')
  await byIds('a')
  expect(asked).toEqual(['a', 'b', 'a'])
})
