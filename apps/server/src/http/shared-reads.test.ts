import { expect, test } from 'vitest'
import { createSharedReads } from './shared-reads.ts'

/** Reads that end when told to; each tells the number of its run. */
function createReader() {
  const ends: ((error?: Error) => void)[] = []
  const read = () =>
    new Promise<number>((resolve, reject) => {
      const run = ends.length + 1
      ends.push(error => (error ? reject(error) : resolve(run)))
    })
  return { ends, read }
}

const settle = () => new Promise(resolve => setImmediate(resolve))

test('who asks while a read runs waits for the next one, together with the others', async () => {
  const share = createSharedReads()
  const { ends, read } = createReader()
  const first = share('room', read)
  const later = [share('room', read), share('room', read), share('room', read)]
  expect(ends.length).toBe(1)
  ends[0]?.()
  expect(await first).toBe(1)
  await settle()
  expect(ends.length).toBe(2)
  const latest = share('room', read)
  ends[1]?.()
  expect(await Promise.all(later)).toEqual([2, 2, 2])
  await settle()
  ends[2]?.()
  expect(await latest).toBe(3)
})

test('a read that fails tells those who shared it, and nobody else', async () => {
  const share = createSharedReads()
  const { ends, read } = createReader()
  const first = share('room', read)
  const second = share('room', read)
  ends[0]?.(new Error('away'))
  await expect(first).rejects.toThrow('away')
  await settle()
  ends[1]?.()
  expect(await second).toBe(2)
})

test('keys do not wait for each other, and nothing is kept afterwards', async () => {
  const share = createSharedReads()
  const { ends, read } = createReader()
  const [room, feed] = [share('room', read), share('feed', read)]
  for (const end of ends) end()
  expect(await Promise.all([room, feed])).toEqual([1, 2])
  await settle()
  const again = share('room', read)
  expect(ends.length).toBe(3)
  ends[2]?.()
  expect(await again).toBe(3)
})
