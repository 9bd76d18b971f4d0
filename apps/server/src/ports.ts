import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { ConfigError } from './config.ts'

/** A process that was just killed may hold its ports for a moment. */
const patienceMs = 3_000
const retryMs = 100

export type Place = { readonly name: string; readonly port: number; readonly host: string }

/** Makes sure that a port can be had. Throws {@link ConfigError} with one clear sentence. */
export async function requireFreePort(at: Place): Promise<void> {
  const deadlineMs = Date.now() + patienceMs
  for (;;) {
    const code = await tryListen(at)
    if (!code) return
    if (code !== 'EADDRINUSE' || Date.now() > deadlineMs) throw portProblem(at, code)
    await delay(retryMs)
  }
}

/** Why a port cannot be had, for people. */
export const portProblem = (at: Place, code: string): ConfigError =>
  new ConfigError(sentence(at, code))

function sentence({ name, port, host }: Place, code: string): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use: stop what uses it, or set ${name} to another port.`
  if (code === 'EACCES') return `Port ${port} needs more rights: set ${name} to a port above 1023.`
  return `Cannot listen on ${host}:${port} (${code}): check KAIBO_BIND and ${name}.`
}

const tryListen = ({ port, host }: Place) =>
  new Promise<string | null>(resolve => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'))
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(null)))
  })
