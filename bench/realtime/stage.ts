import { type ChildProcess, fork, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { cpuMsOf } from '../lib/server.ts'
import type { Lane } from './peers/peer.ts'
import type { Seen, Visit } from './viewers.ts'

const settleMsMax = 30_000
/** Nothing arrives for so long: what is missing was skipped. */
const quietMsMax = 2_000
const quiet = ['--disable-warning=ExperimentalWarning']

export type Run = { readonly count: number; readonly perSec: number; readonly lane: Lane }

export type Measured = Seen & {
  readonly cpuMs: number
  readonly cpuUsPerDelivery: number
  /** From the first publication to the last arrival. */
  readonly tookMs: number
}

type Command = { file: string; args: readonly string[]; env?: Readonly<Record<string, string>> }

export type Stage = {
  readonly port: number
  readonly pid: number
  /** A Unix socket to the same server; empty when it has none. */
  readonly pipe: string
  readonly tickets: readonly string[]
  /** Opens viewers in processes of their own. */
  seat(visit: Omit<Visit, 'port' | 'tickets'>, processCount?: number): Promise<void>
  /** Publishes, waits until everything has arrived or nothing does any more, and measures. */
  run(run: Run): Promise<Measured>
  /** What the server says of itself after the last run. */
  facts(): Readonly<Record<string, number>>
  close(): void
}

/** The command that runs a peer of ours under Node. */
export const nodePeer = (name: string, env: Record<string, string> = {}): Command => ({
  file: process.execPath,
  args: [...quiet, fileURLToPath(new URL('./server.ts', import.meta.url)), name],
  env,
})

/** Starts a server and watches it from outside. */
export async function openStage({ file, args, env = {} }: Command): Promise<Stage> {
  const server = spawn(file, args, {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const line = await lines.next()
    if (line.done) throw new Error(`${file} ended`)
    return JSON.parse(line.value)
  }
  const { failed, port, pipe = '', tickets, pid = server.pid } = await next()
  if (failed) throw new Error(failed)
  const crowd: { child: ChildProcess; viewerCount: number }[] = []
  let facts: Record<string, number> = {}
  let seatedCount = 0
  const askAll = (question: object | string) =>
    Promise.all(crowd.map(({ child }) => answerOf(child, question)))
  const arrivedCount = async () =>
    (await askAll('count')).reduce((sum, { arrived }) => sum + arrived, 0)
  const settle = async (expected: number) => {
    let arrived = -1
    let quietSince = Date.now()
    for (const untilMs = Date.now() + settleMsMax; Date.now() < untilMs; await delay(50)) {
      const now = await arrivedCount()
      if (now !== arrived) quietSince = Date.now()
      else if (Date.now() - quietSince > quietMsMax) return
      if (now >= expected) return
      arrived = now
    }
  }
  return {
    port,
    pid,
    pipe,
    tickets,
    facts: () => facts,
    async seat(visit, processCount = 1) {
      const count = Math.ceil(visit.count / processCount)
      for (let n = 0; n < processCount; n++) {
        const child = fork(new URL('./viewers.ts', import.meta.url), [], { execArgv: quiet })
        crowd.push({ child, viewerCount: count })
        const mine = tickets.slice(seatedCount, seatedCount + count)
        seatedCount += count
        await answerOf(child, { ...visit, count, port, tickets: mine })
      }
    },
    async run(run) {
      await askAll({ expectedPerViewer: 0 })
      const cpuBeforeMs = cpuMsOf(pid)
      const startMs = performance.now()
      server.stdin.write(`${JSON.stringify(run)}\n`)
      facts = await next()
      const viewerCount = crowd.reduce((sum, each) => sum + each.viewerCount, 0)
      await settle(run.count * viewerCount)
      const tookMs = performance.now() - startMs
      const cpuMs = cpuMsOf(pid) - cpuBeforeMs
      const seen: Seen[] = await askAll({ expectedPerViewer: run.count })
      const total = merge(seen)
      return { ...total, cpuMs, cpuUsPerDelivery: (cpuMs * 1_000) / total.deliveryCount, tookMs }
    },
    close() {
      server.stdin.end()
      for (const { child } of crowd) child.kill()
    },
  }
}

/** Asks a child and takes its next message for the answer. */
export async function answerOf(child: ChildProcess, question: object | string) {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  const fail = () => reject(new Error('a process of the bench has ended'))
  child.once('exit', fail).once('message', resolve)
  child.send(question)
  try {
    return Object(await promise)
  } finally {
    child.off('exit', fail)
  }
}

export function rssOf(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(line?.[1]) * 1_024
}

/** The slowest process speaks for the tail. */
const merge = (seen: readonly Seen[]): Seen => ({
  deliveryCount: seen.reduce((sum, each) => sum + each.deliveryCount, 0),
  lostCount: seen.reduce((sum, each) => sum + each.lostCount, 0),
  latencyMsP50: Math.max(...seen.map(each => each.latencyMsP50)),
  latencyMsP99: Math.max(...seen.map(each => each.latencyMsP99)),
})
