import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Problem, say } from './root.mjs'
import { run } from './run.mjs'

const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/** What the tests need besides npm: Debian package → whether it is there. */
const needs = {
  ffmpeg: () => onPath('ffmpeg'),
  chromium: () => chromiumNames.some(onPath),
  'redis-server': () => onPath('redis-server'),
  'fonts-noto-cjk': () => process.platform === 'darwin' || hasChineseFont(),
}

/**
 * Makes sure that ffmpeg, a Chromium, Redis and a Chinese font are installed: as root on Debian or Ubuntu
 * it installs them, elsewhere it prints the line to run. With CI=true a missing one is an error.
 */
export async function ensureSystemPackages() {
  const missing = missingPackages()
  if (missing.length === 0) return
  if (isDebian() && process.getuid?.() === 0) await aptInstall(missing)
  const left = missingPackages()
  if (left.length === 0) return
  const advice = `missing for the tests: ${left.join(', ')}. Run: ${installLine(left)}`
  if (process.env.CI === 'true') throw new Problem(advice)
  say(`${advice} (what needs them is skipped)`)
}

const missingPackages = () => Object.keys(needs).filter(name => !needs[name]())

async function aptInstall(names) {
  say(`installing ${names.join(', ')} with apt-get`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-qq'], { env })
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { env })
}

function installLine(names) {
  if (process.platform !== 'darwin') return `sudo apt-get install ${names.join(' ')}`
  const brewed = { chromium: '--cask chromium', 'redis-server': 'redis' }
  return `brew install ${names.map(name => brewed[name] ?? name).join(' ')}`
}

const isDebian = () => existsSync('/etc/debian_version') && onPath('apt-get')

function hasChineseFont() {
  const listed = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' }).stdout
  return Boolean(listed?.trim()) || existsSync('/usr/share/fonts/opentype/noto')
}

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.some(folder => isExecutable(join(folder, name)))
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
