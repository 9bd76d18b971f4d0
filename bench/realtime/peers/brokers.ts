import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { unpacked } from '../../lib/debian.ts'
import { freePort } from '../../lib/server.ts'
import type { Peer } from './peer.ts'

const startMsMax = 5_000

/** NATS with its WebSocket listener; we publish over its own protocol. */
export async function openNats(): Promise<Peer> {
  const binary = join(unpacked('nats-server'), 'usr/sbin/nats-server')
  const [port, wsPort] = [await freePort(), await freePort()]
  const config = [
    `listen: "127.0.0.1:${port}"`,
    `websocket { listen: "127.0.0.1:${wsPort}", no_tls: true }`,
  ]
  const broker = start(binary, { name: 'nats.conf', lines: config, args: ['-c'] })
  await answers(wsPort)
  const line = connect({ port, host: '127.0.0.1' })
  // Its greeting and pings are of no interest here, but they must be read.
  line.resume()
  line.write('CONNECT {"verbose":false,"pedantic":false}\r\n')
  return {
    port: wsPort,
    pid: broker.pid ?? 0,
    publish(item) {
      const text = JSON.stringify(item)
      line.write(`PUB live ${Buffer.byteLength(text)}\r\n${text}\r\n`)
    },
  }
}

/** nchan inside one nginx process; we publish by HTTP, as its users do. */
export async function openNchan(): Promise<Peer> {
  const folder = unpacked('nginx', 'libnginx-mod-nchan')
  const binary = join(folder, 'usr/sbin/nginx')
  // Whatever its configuration says, the module wants the folder that Debian's nginx was built for.
  mkdirSync('/var/lib/nginx', { recursive: true })
  const module = join(folder, 'usr/lib/nginx/modules/ngx_nchan_module.so')
  const port = await freePort()
  const config = [
    `load_module ${module};`,
    'daemon off; master_process off; pid nginx.pid; error_log stderr crit;',
    'worker_rlimit_nofile 20000; events { worker_connections 15000; }',
    'http { access_log off; client_body_temp_path body;',
    'proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;',
    `server { listen 127.0.0.1:${port} backlog=4096;`,
    'location = /pub { nchan_publisher; nchan_channel_id live; nchan_message_buffer_length 1; }',
    'location = /sub { nchan_subscriber websocket; nchan_channel_id live;',
    'nchan_subscriber_first_message newest; } } }',
  ]
  const broker = start(binary, { name: 'nginx.conf', lines: config, args: ['-c'], prefix: '-p' })
  await answers(port)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    port,
    pid: broker.pid ?? 0,
    publish(item) {
      const asked = request({ port, host: '127.0.0.1', path: '/pub', method: 'POST', agent })
      asked.on('response', answer => answer.resume())
      asked.end(JSON.stringify(item))
    },
  }
}

type Setup = { name: string; lines: readonly string[]; args: readonly string[]; prefix?: string }

function start(binary: string, { name, lines, args, prefix }: Setup): ChildProcess {
  const folder = mkdtempSync(join(tmpdir(), 'kaibo-bench-'))
  const file = join(folder, name)
  writeFileSync(file, lines.join('\n'))
  const where = prefix === undefined ? [] : [prefix, folder]
  const broker = spawn(binary, [...where, ...args, file], { stdio: 'ignore' })
  process.on('exit', () => {
    broker.kill()
    rmSync(folder, { recursive: true, force: true })
  })
  return broker
}

async function answers(port: number): Promise<void> {
  for (const untilMs = Date.now() + startMsMax; Date.now() < untilMs; await delay(20)) {
    const probe = connect({ port, host: '127.0.0.1' })
    const isThere = await new Promise<boolean>(resolve => {
      probe.once('connect', () => resolve(true)).once('error', () => resolve(false))
    })
    probe.destroy()
    if (isThere) return
  }
  throw new Error(`nothing answers on port ${port}`)
}
