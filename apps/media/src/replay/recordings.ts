import type { PacketConsumer } from '@kaibo/media/hub/packet'
import { Packager } from '@kaibo/media/llhls/packager'
import type { DiskWatch } from '@kaibo/media/record/disk-watch'
import { type OpenPiece, PieceWriter } from '@kaibo/media/record/piece-writer'
import { Recorder } from '@kaibo/media/record/recorder'
import type { Piece, Shelf } from '@kaibo/media/record/shelf'

export type RecordingsNeeds = {
  readonly shelf: Shelf
  readonly disk: DiskWatch
  readonly openPiece: OpenPiece
  onPiece(streamId: string, piece: Piece & { readonly folder: string }): void
  onFailure(streamId: string, code: string): void
}

export type Recordings = {
  /** Records a stream from now on. */
  begin(streamId: string): PacketConsumer
  readonly activeCount: number
  readonly failureCount: number
  /** Completes what is being written. */
  stop(): Promise<void>
}

/** The recorders of this process, one per stream. */
export const createRecordings = (needs: RecordingsNeeds): Recordings => {
  const active = new Map<string, { packager: Packager; writer: PieceWriter; done: Promise<void> }>()
  let failureCount = 0

  const begin = (streamId: string): PacketConsumer => {
    const { promise: done, resolve: setDone } = Promise.withResolvers<void>()
    const writer = new PieceWriter({
      shelf: needs.shelf,
      streamId,
      openPiece: needs.openPiece,
      after: active.get(streamId)?.done,
      onPiece: (folder, piece) => needs.onPiece(streamId, { folder, ...piece }),
      onFailure(code) {
        failureCount += 1
        recorder.handleFailure()
        needs.onFailure(streamId, code)
      },
    })
    const recorder = new Recorder({
      writer,
      diskState: () => needs.disk.disk.state,
      now: Date.now,
      async onDone() {
        // Whoever has taken over needs the folder open, and waits until this is over.
        const isLast = () => active.get(streamId)?.writer === writer
        if (isLast()) await needs.shelf.finish(streamId).catch(() => {})
        if (isLast()) active.delete(streamId)
        setDone()
      },
    })
    const packager = new Packager(recorder)
    active.set(streamId, { packager, writer, done })
    return packager
  }

  return {
    begin,
    get activeCount() {
      return active.size
    },
    get failureCount() {
      return failureCount
    },
    async stop() {
      const writers = [...active.values()].map(({ packager, writer }) => {
        packager.end()
        return writer.settled()
      })
      await Promise.all(writers)
    },
  }
}
