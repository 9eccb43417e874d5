// The part of @microsoft/signalr that shared/live.ts uses.

export type LogLevel = number;
export const LogLevel: { readonly None: LogLevel };

export interface HubConnection {
  serverTimeoutInMilliseconds: number;
  keepAliveIntervalInMilliseconds: number;
  start(): Promise<void>;
  stop(): Promise<void>;
  send(method: string, ...values: unknown[]): Promise<void>;
  on(method: string, take: (message: unknown) => void): void;
  onclose(take: () => void): void;
}

export interface ConnectionOptions {
  /** Milliseconds for each HTTP request, negotiation among them. */
  timeout?: number;
  accessTokenFactory?: () => string;
}

export class HubConnectionBuilder {
  withUrl(url: string, options: ConnectionOptions): this;
  configureLogging(level: LogLevel): this;
  build(): HubConnection;
}
