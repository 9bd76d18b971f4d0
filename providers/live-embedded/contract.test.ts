import { manualClock } from '@kaibo/kernel/clock'
import { afterAll } from 'vitest'
import { startMedia } from '../live-vendor/testing/audience.ts'
import { testLiveProvider } from '../live-vendor/testing/contract.ts'
import { createLiveEmbedded } from './index.ts'

const clock = manualClock(new Date('2026-11-25T02:00:00Z'))
const needs = { clock, secret: 'test-secret', rtmpPort: 1935, mediaPort: 8081, mediaUrl: '' }
const media = await startMedia(needs)
afterAll(media.close)

testLiveProvider('embedded', {
  provider: createLiveEmbedded({ ...needs, controlUrl: media.origin }),
  absent: createLiveEmbedded({ ...needs, controlUrl: 'http://127.0.0.1:1' }),
  async publish({ id }) {
    media.onAir.add(id)
    return []
  },
  async leave(id) {
    media.onAir.delete(id)
    return []
  },
  mayPlay: async url => media.mayPlay(url),
})
