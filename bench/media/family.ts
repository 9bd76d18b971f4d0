import { readdirSync, readFileSync } from 'node:fs'

const TICKS_PER_SEC = 100

/** Fields of stat after the name in brackets (proc(5)): the first is the state. */
const fieldsOf = (pid: number): string[] => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

const secondsOf = (ticks: readonly (string | undefined)[]): number =>
  ticks.reduce((sum, each) => sum + Number(each), 0) / TICKS_PER_SEC

/** User and system time of a process, seconds. */
export const cpuSecOf = (pid: number): number => secondsOf(fieldsOf(pid).slice(11, 13))

/** The same with all its children, those that have ended as well. */
export const familyCpuSec = (pid: number): number =>
  secondsOf(fieldsOf(pid).slice(11, 15)) +
  childrenOf(pid).reduce((sum, child) => sum + cpuSecOf(child), 0)

const statusOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}

export const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && statusOf(Number(name)).includes(`\nPPid:\t${pid}\n`))
    .map(Number)

export const isZombie = (pid: number): boolean => /State:\s+Z/.test(statusOf(pid))

/** Resident memory, bytes. */
export const rssOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(statusOf(pid))?.[1] ?? 0) * 1_024

/** Whatever a process has open: files, sockets, pipes. */
export const openFilesOf = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length
