import { expect, test } from 'vitest'
import { createAacEncoder } from './aac-encoder.ts'
import { OPUS_SILENCE } from './opus.ts'

test('a packet that comes after the end starts no encoder', () => {
  const encoder = createAacEncoder({ handleAudio: () => {}, handleGivenUp: () => {} })
  encoder.push(OPUS_SILENCE, 0)
  expect(encoder.pid).toBeDefined()
  encoder.stop()
  encoder.push(OPUS_SILENCE, 20)
  expect(encoder.pid).toBeUndefined()
})
