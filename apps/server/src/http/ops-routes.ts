import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { fail } from '@kaibo/contract/core/fail'
import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

export type OpsNeeds = {
  /** What does not work right now; empty = ready. */
  notReady(): Promise<string[]>
  /** Numbers of the realtime hub and others, read at each scrape. */
  gauges: Readonly<Record<string, () => number>>
  /** Who may read `/metrics` besides this machine; empty = nobody. */
  metricsToken: string
  isLocal(request: IncomingMessage): boolean
}

/** `/livez` (the process turns), `/readyz` (it can serve), `/metrics` (Prometheus). */
export function registerOps(app: FastifyInstance, needs: OpsNeeds): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const latency = new Histogram({
    name: 'kaibo_http_seconds',
    help: 'Time to answer, by route and status class.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3],
    registers: [registry],
  })
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    const status = `${Math.floor(reply.statusCode / 100)}xx`
    latency.observe({ method: request.method, route, status }, reply.elapsedTime / 1_000)
    done()
  })

  app.get('/livez', async () => ({ ok: true }))
  app.get('/readyz', async (_request, reply) => {
    const reasons = await needs.notReady()
    return reply.code(reasons.length === 0 ? 200 : 503).send({ ok: reasons.length === 0, reasons })
  })
  app.get('/metrics', async ({ raw, headers }, reply) => {
    if (!needs.isLocal(raw) && !isBearer(headers.authorization, needs.metricsToken)) {
      throw fail('request.not_found')
    }
    const lines = Object.entries(needs.gauges).map(
      ([name, read]) => `# TYPE ${name} gauge\n${name} ${read()}\n`,
    )
    reply.header('content-type', registry.contentType)
    return (await registry.metrics()) + lines.join('')
  })
}

/** Compares digests, so that neither content nor length of the token shows in the timing. */
function isBearer(header: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return token !== '' && timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`))
}
