import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'

type PreviewProps = {
  track: MediaStreamTrack | null
  label: string
  /** As in a mirror: how people know themselves. Viewers see it the right way round. */
  isFlipped: boolean
  ref?: Ref<HTMLVideoElement>
}

/** The picture of this device. A picture that is wider than high is shown whole. */
export function Preview({ track, label, isFlipped, ref }: PreviewProps) {
  const video = useRef<HTMLVideoElement>(null)
  const [isWide, setWide] = useState(false)
  useImperativeHandle<HTMLVideoElement | null, HTMLVideoElement | null>(ref, () => video.current)
  useEffect(() => {
    if (video.current) video.current.srcObject = track && new MediaStream([track])
  }, [track])
  return (
    <video
      ref={video}
      className="cast-video"
      data-flipped={isFlipped || undefined}
      data-wide={isWide || undefined}
      autoPlay
      muted
      playsInline
      disablePictureInPicture
      aria-label={label}
      onResize={event => {
        const { videoWidth, videoHeight } = event.currentTarget
        setWide(videoWidth > videoHeight)
      }}
    />
  )
}
