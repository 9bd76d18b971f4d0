import { idempotent } from '@kaibo/db/idempotency'
import { systemClock } from '@kaibo/kernel/clock'
import { playBase } from '@kaibo/providers/live-embedded'
import { type Booted, rootDir } from './boot.ts'
import { type Config, publicUrl } from './config.ts'
import { registerOutboxPage } from './demo/outbox-page.ts'
import { handlerTable } from './http/api-routes.ts'
import { createHttpApp } from './http/app.ts'
import { registerDocs } from './http/docs-routes.ts'
import { registerEdges } from './http/edge-routes.ts'
import { registerInternal } from './http/internal-routes.ts'
import { createCallLimits } from './http/limits.ts'
import { registerOps } from './http/ops-routes.ts'
import { createSessions, isOurs } from './http/session.ts'
import { registerWebApps } from './http/web-apps.ts'
import { acceptSockets } from './realtime/socket-server.ts'

export const version = '0.1.0'

/** Sockets are asked to come back within this time when the server drains. */
const socketSpreadMs = 3_000

export type Served = {
  /** What is off, for the start table. */
  degraded: string[]
  /** Takes nothing new and finishes what runs. */
  drain(): Promise<void>
}

/** Opens the port: API, pages, callbacks, sockets. */
export async function serve(config: Config, { kaibo, database, log }: Booted): Promise<Served> {
  const secure = publicUrl(config).startsWith('https:')
  const media = { mediaUrl: config.KAIBO_MEDIA_URL, mediaPort: config.KAIBO_MEDIA_PORT }
  const trustProxy = config.KAIBO_TRUST_PROXY.split(',').filter(Boolean)
  const app = createHttpApp({
    log,
    secure,
    trustProxy,
    mediaSources: host => playBase(media, host),
    handlers: handlerTable(kaibo.handlers),
    sessions: createSessions({
      authenticate: kaibo.account.authenticate,
      secure,
      publicOrigin: publicUrl(config),
    }),
    limit: createCallLimits(systemClock),
    audit: kaibo.audit.record,
    idempotent: async (call, run) => {
      const { reply } = await idempotent(database, call, async () => ({
        status: 200,
        reply: await run(),
      }))
      return reply
    },
  })
  registerOps(app, {
    notReady: () => notReady(database),
    gauges: {
      kaibo_sockets: () => kaibo.hub.stats().connectionCount,
      kaibo_topics: () => kaibo.hub.stats().topicCount,
    },
  })
  registerDocs(app, version)
  registerInternal(app, kaibo)
  await registerEdges(app, { pay: kaibo.pay, edges: kaibo.sandbox?.edges ?? [] })
  if (kaibo.outboxSms) registerOutboxPage(app, kaibo.outboxSms)
  const { missing } = await registerWebApps(app, rootDir)
  if (config.KAIBO_ROLES.includes('realtime')) {
    acceptSockets(app.server, {
      gateway: kaibo.gateway,
      addressOf: request => request.socket.remoteAddress ?? '',
      isOurPage: ({ headers: { origin, host } }) =>
        origin === undefined || isOurs(origin, { host, publicOrigin: publicUrl(config) }),
    })
  }
  await app.listen({ port: config.PORT, host: config.KAIBO_BIND })
  return {
    degraded: missing.map(name => `the ${name} pages are not built: npm run build`),
    async drain() {
      kaibo.gateway.drain({ spreadMs: socketSpreadMs })
      kaibo.gateway.close()
      await app.close()
    },
  }
}

async function notReady(database: Booted['database']): Promise<string[]> {
  return database.ping().then(
    () => [],
    () => ['the database does not answer'],
  )
}
