import type { StoredFile } from '@kaibo/contract/people/files'
import { api } from '@kaibo/ui/data/api.tsx'
import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useEffect, useRef, useState } from 'react'
import { type Picture, storedPictures, withMoved } from './model.ts'
import { shrink } from './shrink.ts'

export type Pictures = ReturnType<typeof usePictures>

/** The pictures of a form: each is uploaded when it is chosen, so that saving is quick. */
export function usePictures(urls: readonly string[], countMax: number) {
  const t = useT()
  const sentence = useErrorSentence()
  const [list, setList] = useState(() => storedPictures(urls))
  const queue = useRef<Promise<unknown>>(Promise.resolve())
  useFreedUrls(list)

  const settle = (key: string, settled: (picture: Picture) => Picture) =>
    setList(current => current.map(each => (each.key === key ? settled(each) : each)))

  const send = async (key: string, file: File) => {
    const smaller = await shrink(file).catch(() => null)
    if (!smaller) {
      return settle(key, each => ({ ...each, state: 'failed', problem: t('pictures.unreadable') }))
    }
    await uploadPicture(smaller).then(
      stored => settle(key, each => ({ ...each, state: 'stored', fileId: stored.id })),
      error => settle(key, each => ({ ...each, state: 'failed', problem: sentence(error) })),
    )
  }
  const add = (files: readonly File[]) => {
    // Where there is one picture only, a new one takes its place.
    const kept = countMax === 1 ? [] : list
    const chosen = files.slice(0, countMax - kept.length)
    if (chosen.length < files.length) toast.show(t('pictures.tooMany', { count: countMax }))
    const waiting = chosen.map(file => ({ file, url: URL.createObjectURL(file) }))
    const added = waiting.map(({ url }) => ({ key: url, url, state: 'uploading' as const }))
    setList(current => (countMax === 1 ? added : [...current, ...added]))
    // One after the other: a phone's upstream is narrow, and the first one is wanted first.
    for (const { file, url } of waiting) queue.current = queue.current.then(() => send(url, file))
  }
  return {
    list,
    countMax,
    isBusy: list.some(picture => picture.state === 'uploading'),
    add,
    remove: (key: string) => setList(current => current.filter(each => each.key !== key)),
    move: (key: string, to: number) => setList(current => withMoved(current, key, to)),
  }
}

async function uploadPicture(picture: Blob): Promise<StoredFile> {
  const bytes = new Uint8Array(await picture.arrayBuffer())
  return api.files.upload({ bytes, contentType: picture.type })
}

/** Gives back the memory of previews when the form is left. */
function useFreedUrls(list: readonly Picture[]): void {
  const latest = useRef(list)
  latest.current = list
  useEffect(
    () => () => {
      for (const { url } of latest.current) if (url.startsWith('blob:')) URL.revokeObjectURL(url)
    },
    [],
  )
}
