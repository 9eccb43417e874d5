using Aufruf.Simulation;
using Aufruf.Simulation.Cases;

return args.Contains(CaseSimulator.Word) ? CaseSimulator.Run(args, Console.Out) : Simulator.Run(args, Console.Out);
