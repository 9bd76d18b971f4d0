import { readFile } from 'node:fs/promises'

/** The ffmpegs that this process has started and that are still there. */
export const ffmpegChildren = async (): Promise<number[]> => {
  const { pid } = process
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  const children = text.trim().split(' ').filter(Boolean).map(Number)
  const names = await Promise.all(
    children.map(child => readFile(`/proc/${child}/comm`, 'utf8').catch(() => '')),
  )
  return children.filter((_, at) => names[at]?.trim() === 'ffmpeg')
}
