import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { flvPace } from '@kaibo/ui/player/open/flv-pace.ts'
import { build } from 'vite'
import { portOf } from './ports.ts'

const TYPES: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  m3u8: 'application/vnd.apple.mpegurl',
  mp4: 'video/mp4',
  m4s: 'video/mp4',
}

export type Site = { readonly url: string; stop(): void }

const HLS = fileURLToPath(import.meta.resolve('@kaibo/ui/player/open/hls.ts'))

/** The shop's own way to play LL-HLS, for a page without modules: the global `shop`. */
const bundleShopPlayer = async (): Promise<string> => {
  const lib = { entry: HLS, formats: ['iife' as const], name: 'shop' }
  const built = await build({ configFile: false, logLevel: 'error', build: { write: false, lib } })
  const [bundle] = [built].flat()
  if (!bundle || !('output' in bundle)) throw new Error('the player was not built')
  return bundle.output[0].code
}

/** Serves the player page, the shop's players and those of the peers, and the files that peers write. */
export const startSite = async (peerFolder: string): Promise<Site> => {
  const { resolve } = createRequire(import.meta.url)
  const fixed: Record<string, string> = {
    '/page.html': fileURLToPath(new URL('./page.html', import.meta.url)),
    '/publisher.html': fileURLToPath(new URL('./publisher.html', import.meta.url)),
    '/mpegts.js': resolve('mpegts.js'),
    '/hls.js': join(resolve('hls.js'), '../hls.min.js'),
  }
  const made: Record<string, string> = {
    '/pace.js': `const flvPace = ${JSON.stringify(flvPace)}`,
    '/shop.js': await bundleShopPlayer(),
  }
  const server = createServer(async (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    const script = made[path]
    if (script !== undefined) {
      response.setHeader('content-type', 'text/javascript')
      response.end(script)
      return
    }
    const file = fixed[path] ?? join(peerFolder, path.replaceAll('..', ''))
    const body = await readFile(file).catch(() => undefined)
    const type = TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
    response.writeHead(body ? 200 : 404, { 'content-type': type, 'cache-control': 'no-store' })
    response.end(body)
  })
  const port = await portOf(server)
  return {
    url: `http://127.0.0.1:${port}`,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
