/** What an encoder is told, in words that fit its log; the code alone for everything else. */
const SENTENCES: Readonly<Record<string, string>> = {
  'codec.video_unsupported': 'Only H.264 video is taken. Set the encoder to H.264 (x264, AVC).',
  'codec.audio_unsupported': 'Only AAC audio is taken. Set the audio encoder to AAC-LC.',
  'codec.profile_unsupported':
    'Browsers cannot play this H.264. Set 8 bits, 4:2:0 (NV12) and profile high or lower.',
  'codec.picture_too_large': 'The picture is larger than 4096 x 2304. Set a smaller output size.',
  'codec.header_missing': 'A picture came before the decoder header. Restart the encoder.',
  'codec.header_broken': 'The decoder header cannot be read. Restart the encoder.',
  no_picture: 'Sound without a picture is no live stream. Add a video source.',
  timestamps_stuck: 'The time stamps of the pictures stand still. Restart the encoder.',
  bitrate_too_high: 'More than 24 Mbps. Set a lower bitrate.',
  already_publishing: 'Another encoder is publishing with this key.',
  taken_over: 'Another encoder took over this stream.',
  too_many_streams: 'This server has no room for another stream.',
  idle: 'Nothing came for eight seconds.',
  unknown_key: 'This stream key is not valid. Copy the current one from the studio.',
  bad_name: 'This is no stream address. Copy address and key from the studio.',
  banned: 'This account may not publish at present. See the studio.',
  gate_timeout: 'The server could not check the key in time. Try again.',
  gate_failed: 'The server could not check the key. Try again.',
  gate_busy: 'The server could not check the key. Try again.',
  key_renewed: 'The stream key was renewed.',
  ended_by_host: 'The session has ended.',
}

/** The sentence for a reason why a publisher was refused or cut. */
export const explainReason = (reason: string): string =>
  SENTENCES[reason] ?? `Publishing is not allowed (${reason}).`
