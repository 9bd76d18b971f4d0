import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { root } from './root.mjs'

const lockPath = join(root, '.tmp/prepare.lock')
const retryMs = 200
const waitMsMax = 10 * 60_000

/** Runs `work` while no other script of this clone installs or builds. */
export async function locked(work) {
  mkdirSync(join(root, '.tmp'), { recursive: true })
  for (let waitedMs = 0; !take(); waitedMs += retryMs) {
    if (waitedMs > waitMsMax || !holderLives()) rmSync(lockPath, { force: true })
    else await delay(retryMs)
  }
  try {
    return await work()
  } finally {
    rmSync(lockPath, { force: true })
  }
}

function take() {
  try {
    writeFileSync(lockPath, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** A script that was killed leaves its lock behind. */
function holderLives() {
  try {
    process.kill(Number(readFileSync(lockPath, 'utf8')), 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
