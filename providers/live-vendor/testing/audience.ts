import type { Clock } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import type { MediaStreamState } from '@kaibo/media/control-client'
import { verifyPlay } from '@kaibo/media/play-token'
import { serveVendor } from '@kaibo/testkit/vendor-simulator'

/** A media process as its control side shows it: for the embedded provider and those before it. */
export async function startMedia({ clock, secret }: { clock: Clock; secret: string }) {
  const onAir = new Set<Id>()
  const server = await serveVendor(({ url, body, headers }) => {
    if (headers.authorization !== `Bearer ${secret}`) return { status: 401, body: {} }
    if (url.pathname === '/control/streams') return { body: { streams: [...onAir].map(stateOf) } }
    const { streamId } = JSON.parse(body || '{}')
    if (url.pathname === '/control/snapshot') return { status: 404, body: {} }
    return { status: onAir.delete(streamId) ? 200 : 404, body: {} }
  })
  return {
    origin: server.origin,
    close: server.close,
    onAir,
    /** Whether a player would be let in. */
    mayPlay(url: string): boolean {
      const { pathname, searchParams } = new URL(url)
      const [, streamId = ''] = /^\/(?:live|whep)\/([0-9a-f-]{36})/.exec(pathname) ?? []
      const nowSec = clock.now().getTime() / 1_000
      return verifyPlay(secret, { streamId, token: searchParams.get('t') ?? '', nowSec }) === 'ok'
    },
  }
}

const stateOf = (streamId: Id): MediaStreamState => ({
  ...{ streamId, state: 'live', viewers: { flv: 0, hls: 0, whep: 0 }, bitrateBps: 2_000_000 },
  ...{ fps: 30, keyFrameGapMs: 1_000, delayMs: 0, codec: 'avc1.64001f,mp4a.40.2' },
  since: '2026-11-25T02:00:00.000Z',
})
