import { expect, test } from 'vitest'
import { FlvViewer } from './flv-viewer.ts'

const FULL = 3 * 1024 * 1024
const DRAINING = 1.5 * 1024 * 1024

const createStuck = () => {
  const output = { writableLength: FULL, writes: 0, isDestroyed: false }
  const viewer = new FlvViewer({
    write: () => ++output.writes,
    end: () => {},
    destroy: () => {
      output.isDestroyed = true
    },
    get writableLength() {
      return output.writableLength
    },
  })
  const send = (nowMs: number, isKeyFrame = true) =>
    viewer.send(Buffer.alloc(10), { isKeyFrame, nowMs })
  return { output, send }
}

test('a full queue takes nothing and is given up after eight seconds', () => {
  const { output, send } = createStuck()
  expect(send(0)).toBe('dropped')
  expect(send(7_999)).toBe('dropped')
  expect(send(8_000)).toBe('cut')
  expect(output).toMatchObject({ writes: 0, isDestroyed: true })
})

test('a queue that drains takes part again only at a key frame', () => {
  const { output, send } = createStuck()
  send(0)
  output.writableLength = DRAINING
  expect(send(100)).toBe('dropped')
  output.writableLength = 0
  expect(send(200, false)).toBe('dropped')
  expect(send(300)).toBe('sent')
  expect(send(400, false)).toBe('sent')
})

test('a drained viewer is not cut for waiting long for a key frame', () => {
  const { output, send } = createStuck()
  send(0)
  output.writableLength = 0
  expect(send(60_000, false)).toBe('dropped')
  expect(output.isDestroyed).toBe(false)
})
