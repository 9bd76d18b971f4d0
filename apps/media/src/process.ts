import { once } from 'node:events'
import type { Server } from 'node:http'
import type { MediaStreamState } from '@kaibo/media/control-client'
import { createCounters } from '@kaibo/media/hub/counters'
import { createHub, type Hub } from '@kaibo/media/hub/hub'
import { createLlHlsChannel, type LlHlsChannel } from '@kaibo/media/llhls/channel'
import { createRtmpServer } from '@kaibo/media/rtmp/server'
import { createSnapshot } from '@kaibo/media/snapshot'
import type { Logger } from 'pino'
import { createAppLink } from './app-link.ts'
import type { MediaConfig } from './config.ts'
import { createControl } from './control.ts'
import { createMediaHttp } from './http.ts'
import { createMetrics } from './metrics.ts'
import { createPlay } from './play.ts'
import { createPlayGate, type PlayGate } from './play-gate.ts'

export type MediaProcess = {
  /** Resolves with the ports in use; rejects with a clear sentence when one is taken. */
  start(): Promise<{ httpPort: number; rtmpPort: number }>
  /** Cuts publishers and viewers and delivers the last events. */
  stop(): Promise<void>
}

const FLUSH_MS = 2_000
const ENDED_KEPT_MS = 30_000

/** Wires ingest, hub, players and control together. */
export const createMediaProcess = (config: MediaConfig, log: Logger): MediaProcess => {
  const app = createAppLink(config, log)
  const counters = createCounters()
  const gate = createPlayGate(config.secret)
  const channels = new Map<string, LlHlsChannel>()
  const hub = createHub({
    graceMs: config.awayGraceSec * 1000,
    streamsMax: config.streamsMax,
    counters,
    createConsumers: streamId => {
      const channel = createLlHlsChannel()
      channels.set(streamId, channel)
      return [channel.packager]
    },
    onEvent: event => {
      log.info(event, 'stream event')
      app.tell(event)
    },
    onEnded: streamId => forgetLater(channels, streamId),
  })
  const streamStates = () => listStates({ hub, gate, channels })
  const metrics = createMetrics({
    counters,
    streamStates,
    droppedEventCount: () => app.droppedEventCount,
  })
  const rtmp = createRtmpServer({
    authorize: app.authorize,
    openStream: hub.attach,
    onRefused: refusal => {
      metrics.countRefusal(refusal.reason)
      log.info(refusal, 'publisher refused')
    },
  })
  const control = createControl({
    secret: config.secret,
    hub,
    streamStates,
    snapshot: createSnapshot(hub),
  })
  const play = createPlay({ hub, gate, findOrigin: streamId => channels.get(streamId)?.origin })
  const http = createMediaHttp({ control, play, metrics: metrics.render }, log)

  return {
    async start() {
      const rtmpPort = await rtmp
        .listen(config.rtmpPort, config.bindHost)
        .catch(explain('RTMP_PORT', config.rtmpPort))
      const httpPort = await listenHttp(http, config).catch(
        explain('KAIBO_MEDIA_PORT', config.httpPort),
      )
      return { httpPort, rtmpPort }
    },
    async stop() {
      await rtmp.close()
      http.close()
      http.closeAllConnections()
      await app.flush(FLUSH_MS)
    },
  }
}

/** Players still fetch the end of a stream after it: the last segments and the closing playlist. */
const forgetLater = (channels: Map<string, LlHlsChannel>, streamId: string): void => {
  const channel = channels.get(streamId)
  const forget = () => {
    if (channels.get(streamId) === channel) channels.delete(streamId)
  }
  setTimeout(forget, ENDED_KEPT_MS).unref()
}

const listStates = (of: {
  hub: Hub
  gate: PlayGate
  channels: ReadonlyMap<string, LlHlsChannel>
}): MediaStreamState[] =>
  of.hub.list().flatMap(stream => {
    const { id, state, since, meter, flv } = stream
    if (state !== 'live' && state !== 'away') return []
    return {
      streamId: id,
      state,
      viewers: { flv: flv.viewerCount, hls: of.gate.pollerCount(id) },
      ...meter.read(performance.now()),
      codec: of.channels.get(id)?.packager.codec ?? '',
      since: since.toISOString(),
    }
  })

const listenHttp = async (server: Server, config: MediaConfig): Promise<number> => {
  server.listen(config.httpPort, config.bindHost)
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : config.httpPort
}

const explain =
  (setting: string, port: number) =>
  (error: unknown): never => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE') {
      throw new Error(`Port ${port} is already in use; set ${setting} to a free one.`)
    }
    throw new Error(`Port ${port} (${setting}) cannot be opened: ${String(code ?? error)}.`)
  }
