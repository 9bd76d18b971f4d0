import { setTimeout as delay } from 'node:timers/promises'
import { idempotent } from '@kaibo/db/idempotency'
import { sqlState } from '@kaibo/db/log'
import { systemClock } from '@kaibo/kernel/clock'
import type { Patrol } from '@kaibo/modules/patrol'
import type { FastifyInstance } from 'fastify'
import { type Booted, rootDir } from './boot.ts'
import { type Config, isPrivate, originAt } from './config.ts'
import { registerOutboxPage } from './demo/outbox-page.ts'
import { handlerTable, registerApi } from './http/api-routes.ts'
import { createHttpApp } from './http/app.ts'
import { registerEdges } from './http/edge-routes.ts'
import { registerInternal } from './http/internal-routes.ts'
import { createCallLimits, type LimitCall } from './http/limits.ts'
import type { KnownRoute } from './http/not-found.ts'
import { registerOps } from './http/ops-routes.ts'
import { createProxies, type Proxies } from './http/proxies.ts'
import { createSessions } from './http/session.ts'
import { createSite, type Site } from './http/site.ts'
import { registerDocs } from './pages/docs.ts'
import { createRoomPages } from './pages/room-pages.ts'
import { loadWebApps } from './pages/web-apps.ts'
import { portProblem } from './ports.ts'
import { acceptEventStreams } from './realtime/event-streams.ts'
import { acceptSockets, type SocketServerNeeds } from './realtime/socket-server.ts'
import { comesHere } from './settings/live.ts'

export const version = '0.1.0'

/** Sockets are asked to come back within this time when the server drains. */
const socketSpreadMs = 2_000
const socketPollMs = 50
/** `/readyz` says no when the database takes longer. */
const readyMsMax = 2_000

export type Served = {
  /** What is off, for the start table. */
  degraded: string[]
  /** Begins to drain: not ready any more, sockets are told to come back, then closed. */
  leave(): Promise<void>
  /** Takes no new request and finishes those that run. */
  close(): Promise<void>
}

/** Opens the port. What is behind it follows from the roles: API and pages, sockets, or health only. */
export async function serve(config: Config, booted: Booted): Promise<Served> {
  const { kaibo } = booted
  let isLeaving = false
  const { app, degraded } = await createServer(config, booted, {
    isLeaving: () => isLeaving,
    limit: createCallLimits(systemClock),
  })
  await listen(app, config)
  return {
    degraded,
    async leave() {
      isLeaving = true
      kaibo.gateway.drain({ spreadMs: socketSpreadMs })
      const untilMs = Date.now() + socketSpreadMs
      while (kaibo.hub.stats().connectionCount > 0 && Date.now() < untilMs)
        await delay(socketPollMs)
      kaibo.gateway.close()
    },
    close: () => app.close(),
  }
}

export type ServerNeeds = {
  /** Whether it drains: then it is not ready. */
  isLeaving(): boolean
  limit: LimitCall
}

/** Everything behind the port, not listening yet: tests ask it directly. */
export async function createServer(
  config: Config,
  booted: Booted,
  { isLeaving, limit }: ServerNeeds,
): Promise<{ app: FastifyInstance; routes: readonly KnownRoute[]; degraded: string[] }> {
  const { kaibo, database, log } = booted
  const isApi = config.KAIBO_ROLES.includes('api')
  const proxies = createProxies(config.KAIBO_TRUST_PROXY)
  const site = createSite({
    publicUrl: config.KAIBO_PUBLIC_URL,
    fallbackHost: `localhost:${config.PORT}`,
  })
  const webApps = loadWebApps(rootDir)
  const dress = createRoomPages({
    cardsByIds: ids => kaibo.live.cardsByIds(database.db, ids),
    originOf: host => originAt(config, host),
    warn: error => log.warn({ err: error }, 'a room page was served without its card'),
  })
  const { app, routes } = createHttpApp({
    log,
    site,
    mediaSources: host => [
      ...kaibo.liveProvider.pageOrigins(host),
      ...kaibo.recordingOrigins(host),
    ],
    pageAt: async (path, host) => {
      const page = isApi ? webApps.pageAt(path) : undefined
      return page && dress(page, { path, host: site.hostOf(host) })
    },
  })
  registerOps(app, {
    notReady: async () => (isLeaving() ? ['the server is stopping'] : notReady(database)),
    isLocal: proxies.isLocal,
    metricsToken: config.KAIBO_METRICS_TOKEN,
    gauges: {
      kaibo_sockets: () => kaibo.hub.stats().connectionCount,
      kaibo_topics: () => kaibo.hub.stats().topicCount,
      kaibo_sweep_slice_ms_max: () => kaibo.hub.stats().sliceMsMax,
      ...patrolGauges(kaibo.patrol),
    },
  })
  if (isApi) {
    registerContract(app, booted, { site, proxies, limit })
    registerDocs(app, version)
    registerInternal(app, { ...kaibo, comesHere: comesHere(config) })
    await registerEdges(app, {
      ...kaibo,
      edges: kaibo.sandbox?.edges ?? [],
    })
    if (kaibo.outboxSms && isPrivate(config)) {
      registerOutboxPage(app, { recent: kaibo.outboxSms.recent, isLocal: proxies.isLocal })
    }
    await webApps.register(app)
  }
  if (config.KAIBO_ROLES.includes('realtime')) {
    await acceptRealtime(app, booted, { site, proxies })
  }
  const missing = isApi ? webApps.missing : []
  const degraded = missing.map(name => `the ${name} pages are not built: npm run build`)
  return { app, routes, degraded }
}

/** Sockets, and event streams for networks that break them. */
async function acceptRealtime(
  app: FastifyInstance,
  { kaibo }: Booted,
  { site, proxies }: { site: Site; proxies: Proxies },
): Promise<void> {
  const door: SocketServerNeeds = {
    gateway: kaibo.gateway,
    addressOf: proxies.clientOf,
    isOurPage: ({ headers: { origin, host } }) => origin === undefined || site.isOurs(origin, host),
  }
  acceptSockets(app.server, door)
  await acceptEventStreams(app, { ...door, nodes: kaibo.hub.nodes, clock: systemClock })
}

function registerContract(
  app: FastifyInstance,
  { kaibo, database }: Booted,
  shared: { site: Site; proxies: Proxies; limit: LimitCall },
): void {
  registerApi(app, {
    ...shared,
    handlers: handlerTable(kaibo.handlers),
    sessions: createSessions({ authenticate: kaibo.account.authenticate, site: shared.site }),
    audit: kaibo.audit.record,
    idempotent: async (call, run) => {
      const { reply } = await idempotent(database, call, async () => ({
        status: 200,
        reply: await run(),
      }))
      return reply
    },
  })
}

async function listen(app: FastifyInstance, config: Config): Promise<void> {
  const place = { name: 'PORT', port: config.PORT, host: config.KAIBO_BIND }
  await app.listen(place).catch(async (error: unknown) => {
    await app.close()
    throw portProblem(place, sqlState(error) ?? String(error))
  })
}

/** What this process did to watch over rooms; zeros where it has not the role `worker`. */
const patrolGauges = ({ counts }: Pick<Patrol, 'counts'>) => ({
  kaibo_patrol_pictures: () => counts().pictures,
  kaibo_patrol_failed: () => counts().failed,
  kaibo_patrol_missed: () => counts().missed,
  kaibo_patrol_dropped: () => counts().dropped,
  kaibo_patrol_reviewed: () => counts().reviewed,
  kaibo_patrol_unreviewed: () => counts().unreviewed,
  kaibo_patrol_bad_streams: () => counts().badStreams,
})

async function notReady(database: Booted['database']): Promise<string[]> {
  const late = delay(readyMsMax, false, { ref: false })
  const answers = database.ping().then(
    () => true,
    () => false,
  )
  return (await Promise.race([answers, late])) ? [] : ['the database does not answer']
}
