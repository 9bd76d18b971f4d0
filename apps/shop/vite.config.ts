import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  base: '/',
  plugins: [react()],
  build: {
    target: 'es2022',
    manifest: true,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What most routes share is one file: a dozen crumbs would compress worse and ask more often.
        codeSplitting: { groups: [{ name: 'base', minShareCount: 15 }] },
      },
    },
  },
})
