using Aufruf.Simulation;

return Simulator.Run(args, Console.Out);
