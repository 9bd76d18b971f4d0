import type { Bag } from '@kaibo/contract/show/showcase'
import { expect, test } from 'vitest'
import { createBagLane } from './bag-lane.ts'
import { explained, moveItem, newerBag, rearranged, removeProduct } from './model.ts'
import { bagOf, listed } from './testing.ts'

/** A server with one bag; each call waits until the test answers it. */
function desk() {
  let stored = bagOf('tea', 'cup', 'pot')
  let known = stored
  const calls: string[] = []
  const refusals: unknown[] = []
  const waiting: (() => void)[] = []
  const call = (name: string, change: () => Bag): Promise<Bag> => {
    calls.push(name)
    return new Promise((resolve, reject) => {
      waiting.push(() => {
        try {
          stored = { ...change(), version: stored.version + 1 }
          resolve(stored)
        } catch (error) {
          reject(error)
        }
      })
    })
  }
  const lane = createBagLane({
    known: () => known,
    accept: bag => {
      known = newerBag(bag, known)
    },
    setBag: ({ version, productIds }) =>
      call(`set ${productIds.join(' ')}`, () => {
        if (version !== stored.version) throw new Error('showcase.changed')
        const items = productIds.flatMap(id => stored.items.filter(item => item.product.id === id))
        return rearranged(stored, moveItem(items, 0, 0))
      }),
    explain: id => call(`explain ${id}`, () => explained(stored, id, 0)),
    reload: async () => {
      calls.push('reload')
      known = stored
    },
    onRefused: error => refusals.push(error),
  })
  const shown = () => lane.wanted() ?? known
  return {
    lane,
    calls,
    refusals,
    shown,
    /** Somebody else removes a product behind our back. */
    meddle: () => {
      stored = { ...rearranged(stored, removeProduct(stored.items, 'pot')), version: 9 }
    },
    async answer() {
      waiting.shift()?.()
      await new Promise(resolve => setTimeout(resolve))
    },
  }
}

test('an explanation shows before the server answers', async () => {
  const { lane, shown, answer, calls } = desk()
  lane.explain('cup')
  expect(shown().explaining?.item.number).toBe(2)
  await answer()
  expect(lane.wanted()).toBeNull()
  expect(shown().explaining?.item.number).toBe(2)
  expect(calls).toEqual(['explain cup'])
})

test('of the products explained while a call is under way only the last is sent', async () => {
  const { lane, calls, answer } = desk()
  for (const id of ['tea', 'cup', 'pot']) lane.explain(id)
  await answer()
  await answer()
  expect(calls).toEqual(['explain tea', 'explain pot'])
})

test('edits go one after another, each on the version of the one before', async () => {
  const { lane, shown, answer, refusals } = desk()
  lane.arrange(moveItem(shown().items, 0, 2))
  lane.arrange(removeProduct(shown().items, 'cup'))
  expect(listed(shown())).toBe('1 pot, 2 tea')
  await answer()
  expect(listed(shown())).toBe('1 pot, 2 tea')
  await answer()
  expect(listed(shown())).toBe('1 pot, 2 tea')
  expect(refusals).toEqual([])
})

test('a product that leaves is not explained any more', async () => {
  const { lane, shown, answer, calls } = desk()
  lane.explain('tea')
  lane.explain('cup')
  lane.arrange(removeProduct(shown().items, 'cup'))
  await answer()
  await answer()
  expect(calls).toEqual(['explain tea', 'set tea pot'])
})

test('when somebody else changed the bag, the edit is dropped and their bag shows', async () => {
  const { lane, shown, answer, meddle, calls, refusals } = desk()
  meddle()
  lane.arrange(moveItem(shown().items, 0, 1))
  expect(listed(shown())).toBe('1 cup, 2 tea, 3 pot')
  await answer()
  expect(refusals).toEqual([new Error('showcase.changed')])
  expect(calls).toEqual(['set cup tea pot', 'reload'])
  expect(listed(shown())).toBe('1 tea, 2 cup')
})

test('news of our own edit asks for nothing, news of another asks once', async () => {
  const { lane, answer, calls, meddle } = desk()
  lane.explain('tea')
  lane.hear(2)
  await answer()
  expect(calls).toEqual(['explain tea'])
  meddle()
  lane.hear(9)
  lane.hear(9)
  expect(calls.at(-1)).toBe('reload')
  await answer()
  lane.hear(9)
  expect(calls.filter(name => name === 'reload').length).toBeLessThanOrEqual(2)
})
