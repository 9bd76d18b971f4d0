import { expect, test } from 'vitest'
import { ffmpegCommand } from './model.ts'

test('the command sends to the address, with the key as the stream name', () => {
  const command = ffmpegCommand({
    rtmpUrl: 'rtmp://shop.example:1935/live',
    streamKey: 'sk_abc',
    expiresAt: null,
  })
  expect(command).toMatch(/-f flv "rtmp:\/\/shop\.example:1935\/live\/sk_abc"$/)
  expect(command).not.toContain('\n')
})
