import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { fail } from '@kaibo/contract/fail'
import type { FastifyInstance } from 'fastify'

/** Where each built web app is served. */
export const webApps = [
  { name: 'studio', prefix: '/studio/' },
  { name: 'console', prefix: '/console/' },
  { name: 'shop', prefix: '/' },
] as const

/**
 * Serves the built pages: hashed assets for ever, the page itself always fresh. Any path that is
 * not a file answers with the app's page, so that deep links survive a reload.
 */
export async function registerWebApps(
  app: FastifyInstance,
  rootDir: string,
): Promise<{ missing: string[] }> {
  const pages = new Map<string, string>()
  const missing: string[] = []
  for (const { name, prefix } of webApps) {
    const dist = join(rootDir, 'apps', name, 'dist')
    const page = join(dist, 'index.html')
    if (!existsSync(page)) {
      missing.push(name)
      continue
    }
    pages.set(prefix, readFileSync(page, 'utf8'))
    await app.register(fastifyStatic, {
      root: join(dist, 'assets'),
      prefix: `${prefix}assets/`,
      decorateReply: pages.size === 1,
      immutable: true,
      maxAge: '365d',
      index: false,
      wildcard: true,
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const isPage =
      request.method === 'GET' && !/^\/(api|internal|callbacks|realtime)\b/.test(request.url)
    const owner = webApps.find(({ prefix }) => `${request.url.split('?')[0]}/`.startsWith(prefix))
    const page = isPage && owner ? pages.get(owner.prefix) : undefined
    if (!page || /\.\w{2,5}$/.test(request.url.split('?')[0] ?? '')) throw fail('request.not_found')
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(page)
  })
  return { missing }
}
