import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { repoRoot } from './lib/repo.ts'

/** A small repository with our scripts, a stand-in for npm and one for Vite, which note each call. */
let root: string

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text, { mode: 0o755 })
}
const calls = () =>
  existsSync(join(root, 'calls')) ? readFileSync(join(root, 'calls'), 'utf8') : ''
const env = () => ({ ...process.env, PATH: `${join(root, 'bin')}${delimiter}${process.env.PATH}` })
const runScript = (name: string) =>
  execFileSync(process.execPath, [`scripts/${name}.mjs`], { cwd: root, env: env(), stdio: 'pipe' })

const lock = (version: string) =>
  JSON.stringify({
    packages: {
      '': {},
      'node_modules/a': { version },
      'node_modules/a-mac': { version, os: ['plan9'], optional: true },
    },
  })

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kaibo-scripts-'))
  cpSync(join(repoRoot, 'scripts'), join(root, 'scripts'), { recursive: true })
  for (const name of ['ui', 'client', 'contract', 'kernel']) write(`packages/${name}/a.ts`, '')
  for (const app of ['shop', 'studio']) write(`apps/${app}/index.html`, '')
  mkdirSync(join(root, 'apps/console'))
  write('package-lock.json', lock('1.0.0'))
  write('bin/npm', '#!/bin/sh\necho npm $1 >> calls\nmkdir -p node_modules\n')
  write('node_modules/.package-lock.json', lock('1.0.0'))
  const vite = `const fs = require('node:fs')
    fs.mkdirSync('dist', { recursive: true })
    fs.appendFileSync('../../calls', 'build ' + process.cwd().split('/').at(-1) + '\\n')`
  write('node_modules/vite/bin/vite.js', vite)
})
afterEach(() => rmSync(root, { recursive: true }))

test('an installation that matches the lockfile is left alone, whoever made it', () => {
  runScript('build')
  expect(calls()).not.toMatch('npm')
})

test('npm ci runs once when a package has another version', () => {
  write('package-lock.json', lock('1.0.1'))
  runScript('build')
  runScript('build')
  expect(calls().match(/npm ci/g)).toHaveLength(1)
})

test('two scripts at once install and build once, and a dead one does not stop the next', async () => {
  write('package-lock.json', lock('1.0.1'))
  write('.tmp/prepare.lock', '2147483647')
  const start = () => spawn(process.execPath, ['scripts/build.mjs'], { cwd: root, env: env() })
  await Promise.all([start(), start()].map(script => once(script, 'exit')))
  expect(calls().split('\n').sort()).toEqual(['', 'build shop', 'build studio', 'npm ci'])
})

test('a web app is built when its own or a shared source changed, else not', () => {
  const builtAfter = (change: () => void) => {
    rmSync(join(root, 'calls'), { force: true })
    change()
    runScript('build')
    return calls().split('\n').filter(Boolean).sort()
  }
  const append = (path: string) => () => appendFileSync(join(root, path), '1')
  expect(builtAfter(() => {})).toEqual(['build shop', 'build studio'])
  expect(builtAfter(() => {})).toEqual([])
  expect(builtAfter(append('apps/shop/index.html'))).toEqual(['build shop'])
  expect(builtAfter(append('packages/kernel/a.ts'))).toEqual(['build shop', 'build studio'])
  expect(builtAfter(() => write('packages/ui/a.test.ts', ''))).toEqual([])
})

const server = `setInterval(() => {}, 1_000)
process.on('SIGTERM', () => process.exit(7))
console.log(process.pid)`

async function startServer(): Promise<{ script: ChildProcess; serverPid: number }> {
  write('apps/server/src/main.ts', server)
  const script = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: { ...env(), npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = script.stdout ? await once(script.stdout, 'data') : []
  return { script, serverPid: Number(line) }
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s stops the server, and its exit code comes back',
  async signal => {
    const { script, serverPid } = await startServer()
    script.kill(signal)
    expect(await once(script, 'exit')).toEqual([7, null])
    expect(() => process.kill(serverPid, 0)).toThrow('ESRCH')
  },
)

test('a server that is killed shows in the exit code', async () => {
  const { script, serverPid } = await startServer()
  process.kill(serverPid, 'SIGKILL')
  expect(await once(script, 'exit')).toEqual([137, null])
})
