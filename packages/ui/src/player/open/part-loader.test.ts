import type { Fragment, default as Library } from 'hls.js'
import { expect, test } from 'vitest'
import { PartLoader } from './part-loader.ts'

type Needs = ConstructorParameters<typeof PartLoader>

/** The library's own loader, whose books say that the segment is there up to `loadedSec`. */
class Told extends PartLoader {
  forgotten: Fragment[] = []

  constructor(isByParts: boolean, loadedSec: number) {
    const hls = { config: {}, logger: console, on() {}, off() {} } as unknown as Library
    const books = {
      getState: () => 'OK',
      removeFragment: (segment: Fragment) => this.forgotten.push(segment),
    } as unknown as Needs[1]
    super(hls, books, {} as Needs[2])
    this.loadingParts = isByParts
    this.nextLoadPosition = loadedSec
  }

  /** Whether it waits for something else, when it is to go on at `targetSec`. */
  isDone = (segment: Fragment, targetSec: number) => this.isLoopLoading(segment, targetSec)
}

const segment = { sn: 13, start: 12.6, end: 13.54 } as Fragment

test('a segment whose short last part is still to come is looked at again', () => {
  const loader = new Told(true, 13.505)
  expect(loader.isDone(segment, 13.501)).toBe(false)
  expect(loader.forgotten).toEqual([segment])
})

test('a segment that is there, though not all its parts are known, holds up no later one', () => {
  const loader = new Told(true, 13.3)
  expect(loader.isDone(segment, 13.53)).toBe(false)
  expect(loader.forgotten).toEqual([segment])
})

test('whole segments are loaded once, as the library says', () => {
  const loader = new Told(false, 13.505)
  expect(loader.isDone(segment, 13.501)).toBe(true)
  expect(loader.isDone(segment, 13.54)).toBe(false)
  expect(loader.forgotten).toEqual([])
})
