export type Mix = { readonly track: MediaStreamTrack; readonly stop: () => void }

/** One track that carries the sound of several; they stay their owner's. */
export function mixOf(tracks: readonly MediaStreamTrack[]): Mix {
  const audio = new AudioContext()
  const out = audio.createMediaStreamDestination()
  for (const track of tracks) {
    audio.createMediaStreamSource(new MediaStream([track])).connect(out)
  }
  void audio.resume()
  const [track] = out.stream.getAudioTracks()
  if (!track) throw new DOMException('a mixture gives no track', 'NotSupportedError')
  return {
    track,
    stop() {
      track.stop()
      void audio.close()
    },
  }
}
