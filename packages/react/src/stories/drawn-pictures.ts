/** Landscapes, drawn here: pictures of a camera would weigh megabytes. */
const SCENES = [
  { sky: ['#2b4c7e', '#f4a261', '#ffe3b3'], hills: ['#5c4a6b', '#3b3355', '#1f1d36'], sun: '#fff1c9' },
  { sky: ['#7fb7d9', '#cfe8f0', '#f6f9f4'], hills: ['#6f9a8d', '#487a63', '#2c5a44'], sun: '#ffffff' },
  { sky: ['#12243d', '#27476b', '#5f86a3'], hills: ['#31506b', '#1d3850', '#0d2236'], sun: '#f2f5e9' },
  { sky: ['#e76f51', '#f4a261', '#f9d8a5'], hills: ['#b5573f', '#86402f', '#592a22'], sun: '#fff4dd' },
  { sky: ['#9ad1c9', '#d8efe4', '#fbf6e9'], hills: ['#e0c38c', '#c79f5b', '#8a6a35'], sun: '#fffdf3' },
  { sky: ['#6a5a8c', '#b58db6', '#f2cfc9'], hills: ['#7d6a96', '#574a77', '#372f55'], sun: '#ffeadb' },
] as const;

/** The same picture for the same number, as a file of a camera. */
export async function drawnPicture(name: string, number: number, width = 1200, height = 900): Promise<File> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  const scene = SCENES[number % SCENES.length];
  if (!context || !scene) throw new Error('This browser has no canvas.');
  const sky = context.createLinearGradient(0, 0, 0, height);
  scene.sky.forEach((colour, at) => sky.addColorStop(at / (scene.sky.length - 1), colour));
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  context.fillStyle = scene.sun;
  context.beginPath();
  context.arc(width * (0.25 + ((number * 37) % 50) / 100), height * 0.36, height * 0.09, 0, Math.PI * 2);
  context.fill();
  scene.hills.forEach((colour, row) => {
    context.fillStyle = colour;
    context.beginPath();
    context.moveTo(0, height);
    for (let x = 0; x <= width; x += 6) {
      const at = x / width;
      const wave = Math.sin(at * (5 + row * 2) + number * 2.3 + row) + 0.5 * Math.sin(at * 17 + number + row * 3);
      context.lineTo(x, height * (0.55 + row * 0.14) - wave * height * 0.06);
    }
    context.lineTo(width, height);
    context.fill();
  });
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
  return new File([blob], name, { type: 'image/jpeg', lastModified: number });
}
