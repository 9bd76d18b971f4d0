import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installed } from '../lib/npm.ts'
import { nodePeer, openStage, type Stage } from './stage.ts'
import type { Visit } from './viewers.ts'

/** Versions of the peers that figures are compared with. */
const packages = ['socket.io@4.8.4', 'bun@1.4.5']
const workDir = join(tmpdir(), 'kaibo-bench-realtime')

export type Contender = {
  readonly name: string
  readonly stage: Stage
  readonly visit: Omit<Visit, 'port' | 'tickets' | 'count'>
}

type Entry = { open(): Promise<Stage>; readonly visit: Contender['visit'] }

const plain = { path: '/', hello: [], readyText: ' 101 ', isHeartbeating: false }
export const kaiboVisit = {
  path: '/realtime',
  hello: ['{"t":"sub","topic":"live:1"}'],
  readyText: '"@","sub"',
  isHeartbeating: true,
}

/** Who can be started on this machine. Each that cannot is named with the reason, on stderr. */
export const entries: Readonly<Record<string, Entry>> = {
  kaibo: { open: () => openStage(nodePeer('kaibo')), visit: kaiboVisit },
  bare: { open: () => openStage(nodePeer('bare')), visit: plain },
  ws: { open: () => openStage(nodePeer('ws')), visit: plain },
  c: { open: () => openStage({ file: compiledSender(), args: [] }), visit: plain },
  'socket-io': {
    open: () =>
      openStage(nodePeer('socket-io', { KAIBO_BENCH_MODULES: installed(workDir, packages) })),
    visit: {
      path: '/socket.io/?EIO=4&transport=websocket',
      hello: ['40'],
      readyText: '40{',
      isHeartbeating: false,
    },
  },
  nats: {
    open: () => openStage(nodePeer('nats')),
    visit: {
      ...plain,
      hello: ['CONNECT {"verbose":false}\r\nSUB live 1\r\nPING\r\n'],
      readyText: 'PONG',
    },
  },
  nchan: { open: () => openStage(nodePeer('nchan')), visit: { ...plain, path: '/sub' } },
  bun: {
    open: () => openStage({ file: bunBinary(), args: [serverFile, 'bun'] }),
    visit: plain,
  },
}

const serverFile = fileURLToPath(new URL('./server.ts', import.meta.url))

export async function openContenders(names: readonly string[]): Promise<Contender[]> {
  const opened: Contender[] = []
  for (const name of names) {
    const entry = entries[name]
    if (!entry) continue
    try {
      opened.push({ name, stage: await entry.open(), visit: entry.visit })
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n', 1)[0] : String(error)
      process.stderr.write(`${name} is skipped: ${reason}\n`)
    }
  }
  return opened
}

function compiledSender(): string {
  mkdirSync(workDir, { recursive: true })
  const source = fileURLToPath(new URL('./peers/sender.c', import.meta.url))
  const binary = join(workDir, 'sender')
  execFileSync('cc', ['-O2', '-o', binary, source], { stdio: 'pipe' })
  return binary
}

/** The binary lies in a package of its own for each platform; its install script is not needed. */
function bunBinary(): string {
  const folder = join(installed(workDir, packages), 'node_modules', '@oven')
  const binaries = readdirSync(folder).map(name => join(folder, name, 'bin', 'bun'))
  const binary = binaries.find(runs)
  if (!binary) throw new Error('no binary of Bun runs here')
  return binary
}

function runs(binary: string): boolean {
  try {
    execFileSync(binary, ['--version'], { stdio: 'pipe' })
    return true
  } catch {
    return false
  }
}
