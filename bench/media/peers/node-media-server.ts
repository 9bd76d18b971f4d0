import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installed } from '../../lib/npm.ts'
import { freePort, openedPort } from '../ports.ts'

const PACKAGE = 'node-media-server@4.4.3'

export type NodeMediaServer = {
  readonly pid: number
  ingestUrl(name: string): string
  flvUrl(name: string): string
  stop(): void
}

/** node-media-server: RTMP in, HTTP-FLV out. Rejects where it cannot be had. */
export const startNodeMediaServer = async (peerFolder: string): Promise<NodeMediaServer> => {
  const home = installed(join(tmpdir(), 'kaibo-bench-media'), [PACKAGE])
  const [rtmp, http] = [await freePort(), await freePort()]
  const config = join(peerFolder, 'node-media-server.json')
  await writeFile(
    config,
    JSON.stringify({
      bind: '127.0.0.1',
      store: { path: './node-media-server' },
      rtmp: { port: rtmp },
      http: { port: http },
      webadmin: { enable: false },
    }),
  )
  const app = join(home, 'node_modules/node-media-server/bin/app.js')
  const child = spawn(process.execPath, [app, '-c', config], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await openedPort(http)
  return {
    pid: child.pid ?? 0,
    ingestUrl: name => `rtmp://127.0.0.1:${rtmp}/live/${name}`,
    flvUrl: name => `http://127.0.0.1:${http}/live/${name}.flv`,
    stop: () => child.kill('SIGKILL'),
  }
}
