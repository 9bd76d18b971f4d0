import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { locked } from './lock.mjs'
import { node24, toolEnv } from './node24.mjs'
import { Problem, root, say } from './root.mjs'
import { capture, pooled } from './run.mjs'

const webApps = ['shop', 'studio', 'console']
const sharedInputs = ['packages/ui', 'packages/client', 'packages/contract', 'packages/kernel']
const buildsAtOnce = 2

/** Builds every web app whose sources changed since its last build. */
export async function buildStaleApps() {
  if (staleApps().length === 0) return
  await locked(async () => {
    const stale = staleApps()
    if (stale.length > 0) say(`building ${stale.map(({ app }) => app).join(', ')}`)
    await pooled(stale, buildsAtOnce, build)
  })
}

function staleApps() {
  const shared = sharedInputs.map(folderHash).join() + fileHash('package-lock.json')
  return webApps
    .filter(app => existsSync(join(root, `apps/${app}/index.html`)))
    .map(app => ({ app, hash: digest(shared + folderHash(`apps/${app}`)) }))
    .filter(({ app, hash }) => readStamp(app) !== hash)
}

async function build({ app, hash }) {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const cwd = join(root, 'apps', app)
  const args = [vite, 'build', '--logLevel', 'warn']
  const { code, output } = await capture(node24(), args, { cwd, env: toolEnv() })
  if (code !== 0) throw new Problem(`the build of apps/${app} failed:\n${output}`)
  writeFileSync(stampPath(app), hash)
}

const stampPath = app => join(root, `apps/${app}/dist/.kaibo-build`)

const readStamp = app =>
  existsSync(stampPath(app)) ? readFileSync(stampPath(app), 'utf8') : undefined

const notInput = /^(dist|node_modules|README.*|.*\.test\.tsx?)$/

function folderHash(folder) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true })
    .filter(entry => !notInput.test(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const hashOf = entry => (entry.isDirectory() ? folderHash : fileHash)(`${folder}/${entry.name}`)
  return digest(entries.map(entry => `${entry.name} ${hashOf(entry)}`).join('\n'))
}

const fileHash = path => digest(readFileSync(join(root, path)))
const digest = input => createHash('sha256').update(input).digest('hex')
