export default function (config) {
  config.addPassthroughCopy("src/img");
}
export const config = { dir: { input: "src", output: "_site" } };
