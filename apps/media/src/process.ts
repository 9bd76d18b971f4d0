import { once } from 'node:events'
import type { Server } from 'node:http'
import type { MediaStreamState } from '@kaibo/media/control-client'
import { createCounters } from '@kaibo/media/hub/counters'
import { createHub, type Hub } from '@kaibo/media/hub/hub'
import { createLadderSlots } from '@kaibo/media/ladder/slots'
import { createRtmpServer } from '@kaibo/media/rtmp/server'
import { createSnapshot } from '@kaibo/media/snapshot'
import type { Logger } from 'pino'
import { createAppLink } from './app-link.ts'
import { createBrowserParts } from './browser-parts.ts'
import type { MediaConfig } from './config.ts'
import { createControlPart } from './control.ts'
import { createForwardPart } from './forward-part.ts'
import { createMediaHttp } from './http.ts'
import { reply } from './http-reply.ts'
import { createLoad } from './load.ts'
import { createMetrics } from './metrics.ts'
import type { MediaPart, Refusal, ViewerKind } from './part.ts'
import { createFlvPart } from './play/flv-part.ts'
import { createPlayGate } from './play/gate.ts'
import { createHlsPart } from './play/hls-part.ts'
import { createReplayPart } from './replay/part.ts'
import { createTroubles } from './troubles.ts'

export type MediaProcess = {
  /** Resolves with the ports in use; rejects with a clear sentence when one is taken. */
  start(): Promise<{ httpPort: number; rtmpPort: number }>
  /** Cuts publishers and viewers and delivers the last events. */
  stop(): Promise<void>
}

const FLUSH_MS = 2_000

/** So few are let in on any machine: what makes it late is something else then. */
const WELCOME_VIEWERS = 20

/** Wires ingest, hub, players and control together. */
export const createMediaProcess = (config: MediaConfig, log: Logger): MediaProcess => {
  const app = createAppLink(config, log)
  const counters = createCounters()
  const parts: MediaPart[] = []
  const viewerCount = () =>
    hub.list().reduce((sum, { id }) => sum + countViewers(parts, id).total, 0)
  const load = createLoad(config.lagMaxMs)
  const hasRoom = () => {
    const count = viewerCount()
    return count < config.viewersMax && (count < WELCOME_VIEWERS || !load.isOverloaded())
  }
  const gate = createPlayGate(config.secret, hasRoom)
  const slots = createLadderSlots({ slotsMax: config.ladderSlots, ...load })
  const hub = createHub({
    graceMs: config.awayGraceSec * 1000,
    streamsMax: config.streamsMax,
    counters,
    createConsumers: streamId => parts.flatMap(part => part.createConsumers?.(streamId) ?? []),
    onEvent: event => {
      log.info(event, 'stream event')
      for (const part of parts) part.handleEvent?.(event)
      app.tell(event)
    },
  })
  const streamStates = () => listStates(hub, parts)
  const metrics = createMetrics({
    counters,
    streamStates,
    droppedEventCount: () => app.droppedEventCount,
    partSamples: () => parts.flatMap(part => part.samples?.() ?? []),
  })
  const troubles = createTroubles()
  const attach = troubles.entrance(hub.attach)
  const authorize = troubles.gate(app.authorize)
  const onRefused = ({ streamId, ...refusal }: Refusal) => {
    if (streamId) troubles.note(streamId, refusal.reason)
    metrics.countRefusal(refusal.reason)
    log.info(refusal, 'publisher refused')
  }
  const rtmp = createRtmpServer({ authorize, openStream: attach, onRefused })
  const browsers = createBrowserParts({
    ...{ hub: { ...hub, attach }, onRefused, webrtc: config.webrtc, authorize },
    ...{ playGate: gate, isStrained: load.isStrained },
  })
  const snapshot = createSnapshot(hub)
  parts.push(
    troubles,
    ...(config.recordingsDir ? [createReplayPart({ config, app, log })] : []),
    createControlPart({ secret: config.secret, hub, streamStates, snapshot, troubles }),
    createFlvPart({ hub, gate }),
    createHlsPart({
      ...{ hub, gate, slots },
      ladderOf: app.ladderOf,
      onLadder: change => log.info(change, 'ladder'),
    }),
    ...browsers,
    ...(config.forwardUrl ? [createForwardPart({ hub, forwardUrl: config.forwardUrl, log })] : []),
    createHealthPart(metrics.render),
  )
  const http = createMediaHttp(
    {
      routes: parts.flatMap(part => part.routes ?? []),
      sockets: parts.flatMap(part => part.sockets ?? []),
    },
    log,
  )

  return {
    async start() {
      for (const part of parts) await part.start?.()
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
      await Promise.all(parts.map(part => part.stop?.()))
      http.close()
      http.closeAllConnections()
      await app.flush(FLUSH_MS)
    },
  }
}

const createHealthPart = (renderMetrics: () => string): MediaPart => ({
  routes: [
    {
      path: /^\/livez$/,
      methods: ['GET', 'HEAD'],
      handle: async ({ response }) => reply(response, { status: 200, body: 'ok\n' }),
    },
    {
      path: /^\/metrics$/,
      methods: ['GET', 'HEAD'],
      handle: async ({ response }) =>
        reply(response, {
          status: 200,
          type: 'text/plain; version=0.0.4; charset=utf-8',
          body: renderMetrics(),
        }),
    },
  ],
})

const listStates = (hub: Hub, parts: readonly MediaPart[]): MediaStreamState[] =>
  hub.list().flatMap(stream => {
    const { id, state, since, meter, pictures, codec } = stream
    if (state !== 'live' && state !== 'away') return []
    const { flv, hls, whep } = countViewers(parts, id)
    return {
      streamId: id,
      state,
      viewers: { flv, hls, whep },
      ...meter.read(performance.now()),
      ...pictures.read(),
      codec,
      since: since.toISOString(),
    }
  })

const countViewers = (parts: readonly MediaPart[], streamId: string) => {
  const count = (kind: ViewerKind) =>
    parts.reduce((sum, part) => sum + (part.viewerCount?.(streamId, kind) ?? 0), 0)
  const [flv, hls, whep] = [count('flv'), count('hls'), count('whep')]
  return { flv, hls, whep, total: flv + hls + whep }
}

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
