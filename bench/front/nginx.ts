import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { unpacked } from '../lib/debian.ts'
import { freePort } from '../media/ports.ts'

const RECIPE = fileURLToPath(new URL('../../docs/recipes/nginx.conf', import.meta.url))
const START_MAX_MS = 5_000

export type Front = { readonly tlsPort: number; readonly plainPort: number; stop(): void }

/** Debian's nginx with the recipe of the documents, on free ports and a certificate of its own. */
export async function startFront(
  folder: string,
  to: { appPort: number; mediaPort: number },
): Promise<Front> {
  const nginx = join(unpacked('nginx'), 'usr/sbin/nginx')
  const [tlsPort, plainPort] = [await freePort(), await freePort()]
  makeCertificate(folder)
  for (const name of ['logs', 'cache']) mkdirSync(join(folder, name), { recursive: true })
  const recipe = readFileSync(RECIPE, 'utf8')
    .replaceAll('/etc/ssl/kaibo', folder)
    .replace('/var/log/nginx/kaibo.log', join(folder, 'logs/access.log'))
    .replace('/var/cache/nginx/kaibo', join(folder, 'cache'))
    .replace('127.0.0.1:8080', `127.0.0.1:${to.appPort}`)
    .replace('127.0.0.1:8081', `127.0.0.1:${to.mediaPort}`)
    .replaceAll('listen 443', `listen 127.0.0.1:${tlsPort}`)
    .replace('listen 80', `listen 127.0.0.1:${plainPort}`)
  const config = join(folder, 'nginx.conf')
  writeFileSync(config, recipe)
  // The workers' user must be able to write the cache in a folder that is ours alone.
  const user = `user ${userInfo().username};`
  const globals = `daemon off; ${user} pid ${folder}/nginx.pid; error_log ${folder}/logs/error.log;`
  const child = spawn(nginx, ['-p', folder, '-c', config, '-g', globals], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await answers(plainPort, () => child.exitCode !== null)
  return { tlsPort, plainPort, stop: () => child.kill('SIGTERM') }
}

function makeCertificate(folder: string): void {
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'fullchain.pem')]
  const names = ['-subj', '/CN=shop.example', '-addext', 'subjectAltName=DNS:*.shop.example']
  const kind = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1']
  execFileSync('openssl', ['req', ...kind, ...files, ...names], { stdio: 'ignore' })
}

async function answers(port: number, isGone: () => boolean): Promise<void> {
  const untilMs = Date.now() + START_MAX_MS
  while (Date.now() < untilMs && !isGone()) {
    const url = `http://127.0.0.1:${port}/`
    if (await fetch(url, { redirect: 'manual' }).catch(() => null)) return
    await sleep(50)
  }
  throw new Error('nginx does not run here')
}
