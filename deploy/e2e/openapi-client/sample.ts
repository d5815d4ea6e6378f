// What a client of the API may rely on: each line compiles because docs/openapi.yaml says so, and those marked do not.
import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

type Recording = components["schemas"]["Recording"];
type Code = components["schemas"]["Problem"]["code"];

const sid = "RE00000000000000000000000000000001";
const api = createClient<paths>({ baseUrl: "https://calls.example", headers: { Authorization: "Bearer …" } });

export async function seconds(): Promise<number | undefined> {
  const { data, error, response } = await api.GET("/api/recordings/{sid}", { params: { path: { sid } } });
  if (error) {
    const code: Code = error.code;
    throw new Error(`${response.status} ${code}, ${error.retryable ? "again" : "never"}`);
  }
  const recording: Recording = data;
  return recording.durationSeconds;
}

export async function play(): Promise<string> {
  const { data } = await api.POST("/api/recordings/{sid}/playback-ticket", { params: { path: { sid } } });
  return data?.url ?? "";
}

export async function attempts(): Promise<number> {
  const { data, response } = await api.GET("/api/recordings/{sid}/data", {
    params: { path: { sid }, header: { Prefer: "wait=20" } },
  });
  if (!data) return 0;
  return "attempt" in data ? data.attempt + Number(response.headers.get("Retry-After")) : data.sizeBytes;
}

export async function list(): Promise<Recording[]> {
  const { data } = await api.GET("/api/recordings", { params: { query: { state: "ready", limit: 10 } } });
  return data?.recordings ?? [];
}

export async function register(): Promise<void> {
  const path = { sid };
  await api.PUT("/api/recordings/{sid}", {
    params: { path },
    body: { accountSid: "AC00000000000000000000000000000001", callSid: "CA00000000000000000000000000000001" },
  });
  // @ts-expect-error: callSid is required
  await api.PUT("/api/recordings/{sid}", { params: { path }, body: { accountSid: "AC0" } });
  // @ts-expect-error: there is no such state
  await api.GET("/api/recordings", { params: { query: { state: "lost" } } });
  // @ts-expect-error: there is no such route
  await api.GET("/api/nowhere");
}

// @ts-expect-error: there is no such code
export const unknown: Code = "no-such-code";
