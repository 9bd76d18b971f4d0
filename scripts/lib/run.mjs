import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { root } from './root.mjs'

/** A child that ignores its stop signal is killed after this time. */
const stopGraceMs = 20_000
const parentCheckMs = 250

const children = new Set()
let stopping = false

/**
 * Runs a command to its end and resolves to its exit code (128 + signal number when killed).
 * Stop signals that reach this process are passed on, so nothing is left behind.
 */
export function run(command, args, options = {}) {
  const stdio = ['ignore', 'inherit', 'inherit']
  return started(command, args, { stdio, ...options }).ended
}

/** Like {@link run}, but keeps what the command prints: resolves to `{ code, output }`. */
export async function capture(command, args, options = {}) {
  const stdio = ['ignore', 'pipe', 'pipe']
  const { child, ended } = started(command, args, { ...options, stdio })
  const chunks = []
  child.stdout.on('data', chunk => chunks.push(chunk))
  child.stderr.on('data', chunk => chunks.push(chunk))
  return { code: await ended, output: Buffer.concat(chunks).toString() }
}

/** Maps the items through `work`, at most `limit` at a time; results keep the items' order. */
export async function pooled(items, limit, work) {
  const results = []
  const queue = items.entries()
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: limit }, worker))
  return results
}

function started(command, args, options) {
  watch()
  const child = spawn(command, args, { cwd: root, ...options })
  children.add(child)
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal]))
  }).finally(() => children.delete(child))
  if (stopping) child.kill('SIGTERM')
  return { child, ended }
}

let watching = false
function watch() {
  if (watching) return
  watching = true
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
  if (process.env.npm_lifecycle_event) watchParent()
}

/** npm may die without a word (kill -9): whoever it started must not outlive it. */
function watchParent() {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) stop()
  }, parentCheckMs).unref()
}

// A Ctrl-C arrives twice, from the terminal and from npm; the child is told once.
function stop() {
  if (stopping) return
  stopping = true
  for (const child of children) child.kill('SIGTERM')
  setTimeout(() => {
    for (const child of children) child.kill('SIGKILL')
  }, stopGraceMs).unref()
}
