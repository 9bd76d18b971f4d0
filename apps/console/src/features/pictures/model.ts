/** A picture in a form: on its way, stored, or refused. */
export type Picture = { key: string; url: string } & (
  | { state: 'uploading' }
  | { state: 'stored'; fileId: string }
  | { state: 'failed'; problem: string }
)

const fileUrl = /\/files\/([0-9a-f-]{36})$/

/** The id of a file of ours; undefined for an address of another kind. */
export const fileIdOf = (url: string): string | undefined => fileUrl.exec(url)?.[1]

/** Pictures that a product or shop has already; the API names them by address, and takes ids. */
export const storedPictures = (urls: readonly string[]): Picture[] =>
  urls.flatMap(url => {
    const fileId = fileIdOf(url)
    return fileId ? [{ key: fileId, url, state: 'stored' as const, fileId }] : []
  })

/** The ids to save, in order. */
export const fileIdsOf = (pictures: readonly Picture[]): string[] =>
  pictures.flatMap(picture => (picture.state === 'stored' ? [picture.fileId] : []))

/** The list with the picture `key` at place `to`; what is between moves up. */
export function withMoved(pictures: readonly Picture[], key: string, to: number): Picture[] {
  const moving = pictures.find(picture => picture.key === key)
  if (!moving) return [...pictures]
  const others = pictures.filter(picture => picture !== moving)
  const at = Math.max(0, Math.min(to, others.length))
  return others.toSpliced(at, 0, moving)
}
