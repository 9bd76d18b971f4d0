/** Pictures of this feature on the kit's grid; the kit's own set is paid for by every page. */
const paths = {
  flip: ['M4.5 9.5A8 8 0 0 1 19 8M19.5 14.5A8 8 0 0 1 5 16', 'M19.5 4v4.2h-4.2M4.5 20v-4.2h4.2'],
  mic: [
    'M12 14.5a3 3 0 0 0 3-3v-5a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3z',
    'M5.8 11.5a6.2 6.2 0 0 0 12.4 0M12 17.7v3.3M8.8 21h6.4',
  ],
  'mic-off': [
    'M15 10.5v-4a3 3 0 0 0-5.8-1.1M9 9.3v2.2a3 3 0 0 0 4.8 2.4',
    'M5.8 11.5a6.2 6.2 0 0 0 9.9 5M18.2 11.5a6 6 0 0 1-.5 2.4M12 17.7v3.3M8.8 21h6.4M4 4l16 16',
  ],
  effects: [
    'M4.5 19.5L14 10M12.3 8.3l3.4 3.4',
    'M17.5 3.5v3M16 5h3M19.5 12v3M18 13.5h3M9 3.8v2.4M7.8 5h2.4',
  ],
  screen: ['M3.5 5h17v11h-17z', 'M9 20h6M12 16v4M12 13V8.2M9.6 10.4L12 8l2.4 2.4'],
  signal: ['M5 19v-3M9.7 19v-6.5M14.3 19V9M19 19V5'],
  viewers: ['M3.5 5.5h17v13h-17z', 'M12.5 12h5.5v4h-5.5z'],
} as const

export type GlyphName = keyof typeof paths

export function Glyph({ name }: { name: GlyphName }) {
  return (
    <svg className="k-icon" viewBox="0 0 24 24" aria-hidden="true">
      {paths[name].map(path => (
        <path key={path} d={path} />
      ))}
    </svg>
  )
}
