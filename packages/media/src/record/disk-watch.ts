import { statfs } from 'node:fs/promises'

/** `low`: no new recording begins · `full`: those that run pause as well. */
export type DiskState = 'ok' | 'low' | 'full'

export type Disk = {
  readonly state: DiskState
  readonly freeBytes: number
  readonly totalBytes: number
}

export type DiskWatch = { readonly disk: Disk; check(): Promise<void> }

/** Small disks keep this share free instead of the bytes that were asked for. */
const FREE_SHARE_MIN = 0.1

/** Judges a disk: low below the smaller of `freeBytesMin` and a tenth of it, full below half of that. */
export const judgeDisk = (
  { freeBytes, totalBytes }: Pick<Disk, 'freeBytes' | 'totalBytes'>,
  freeBytesMin: number,
): DiskState => {
  const needed = Math.min(freeBytesMin, totalBytes * FREE_SHARE_MIN)
  if (freeBytes >= needed) return 'ok'
  return freeBytes >= needed / 2 ? 'low' : 'full'
}

export type DiskWatchNeeds = {
  readonly directory: string
  readonly freeBytesMin: number
  /** How full the disk is; that of `directory` unless a test says otherwise. */
  measure?(directory: string): Promise<Pick<Disk, 'freeBytes' | 'totalBytes'>>
}

const measureDisk = async (directory: string) => {
  const { bavail, blocks, bsize } = await statfs(directory)
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
}

/** Knows how full the disk of recordings is; a disk that cannot be asked counts as full. */
export const createDiskWatch = (needs: DiskWatchNeeds): DiskWatch => {
  const { directory, freeBytesMin, measure = measureDisk } = needs
  let disk: Disk = { state: 'ok', freeBytes: 0, totalBytes: 0 }
  return {
    get disk() {
      return disk
    },
    async check() {
      const size = await measure(directory).catch(() => ({ freeBytes: 0, totalBytes: 0 }))
      const state = size.totalBytes === 0 ? 'full' : judgeDisk(size, freeBytesMin)
      disk = { ...size, state }
    },
  }
}
