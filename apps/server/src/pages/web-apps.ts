import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** Where each built web app is served. */
const webApps = [
  { name: 'studio', prefix: '/studio/' },
  { name: 'console', prefix: '/console/' },
  { name: 'shop', prefix: '/' },
] as const

export type WebApps = {
  /** Those that are not built. */
  missing: string[]
  /** The page of the app that owns a path: deep links survive a reload. */
  pageAt(path: string): string | undefined
  /** Serves the hashed assets, for ever. */
  register(app: FastifyInstance): Promise<void>
}

/** Paths of machines, and of files that are not there, never answer with a page. */
const isNoPage = (path: string) =>
  /^\/(api|internal|callbacks|realtime|sandbox|dev|assets)\b/.test(path) || /\.\w{2,5}$/.test(path)

/** Reads the built pages below `apps/`. */
export function loadWebApps(rootDir: string): WebApps {
  const built = webApps.flatMap(({ name, prefix }) => {
    const dist = join(rootDir, 'apps', name, 'dist')
    const file = join(dist, 'index.html')
    return existsSync(file) ? [{ name, prefix, dist, page: readFileSync(file, 'utf8') }] : []
  })
  const names = new Set<string>(built.map(({ name }) => name))
  return {
    missing: webApps.map(({ name }) => name).filter(name => !names.has(name)),
    pageAt(path) {
      const owner = webApps.find(({ prefix }) => `${path}/`.startsWith(prefix))
      if (isNoPage(path)) return undefined
      return built.find(({ name }) => name === owner?.name)?.page
    },
    async register(app) {
      for (const [index, { dist, prefix }] of built.entries()) {
        await app.register(fastifyStatic, {
          root: join(dist, 'assets'),
          prefix: `${prefix}assets/`,
          decorateReply: index === 0,
          immutable: true,
          maxAge: '365d',
          index: false,
          wildcard: true,
        })
      }
    },
  }
}
