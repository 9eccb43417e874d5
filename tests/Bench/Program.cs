using Aufruf.Bench;

// Without a first word the bench explains itself; the words behind "child" are its own processes.
return args switch
{
    ["press-to-board", ..] => await PressToBoard.RunAsync(args.Contains("--quick"), [.. args[1..].Where(a => a != "--quick")]),
    ["journal", ..] => await JournalBench.RunAsync(),
    ["start", ..] => await StartBench.RunAsync(),
    ["forecast", ..] => ForecastBench.Run(args[1..]),
    ["fairness", ..] => FairnessBench.Run(),
    ["queue-growth", ..] => await QueueGrowth.RunAsync(),
    ["cluster", ..] => await ClusterBench.RunAsync(args.Contains("--quick"), args.Contains("--kills")),
    ["subscriptions", ..] => await SubscriptionsBench.RunAsync(),
    ["slots", ..] => await SlotsBench.RunAsync(),
    ["cases", ..] => await CasesBench.RunAsync(),
    ["boards", ..] => await BoardsBench.RunAsync(),
    ["child", "hub", ..] => await HubChild.RunAsync(args[2..]),
    ["child", "relay", ..] => await RelayChild.RunAsync(args[2..]),
    ["child", "press", ..] => await PressChild.RunAsync(args[2..]),
    ["child", "watch", ..] => await WatchChild.RunAsync(args[2..]),
    _ => Explain(),
};

static int Explain()
{
    Console.Error.WriteLine(
        "Usage: ./run bench press-to-board [--quick] [sqlite] [areas] [postgres] | journal | start | forecast [SEED,SEED...] | fairness"
        + " | queue-growth | subscriptions | slots | cases | boards | cluster [--quick] [--kills]");
    return 2;
}
